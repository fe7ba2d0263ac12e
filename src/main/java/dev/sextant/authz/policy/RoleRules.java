package dev.sextant.authz.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one role gives.
 *
 * @param views where one is of what is asked, the role sees the events of these alone, all of them together
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleRules(@Nullable String by, List<Grant> grants, List<RowRule> views) {

    public RoleRules {
        grants = List.copyOf(grants);
        views = List.copyOf(views);
    }

    /** Null where it gives nothing of this. */
    @Nullable
    Grant granting(Action action, String resource) {
        for (Grant grant : grants) {
            if (grant.covers(action, resource)) {
                return grant;
            }
        }
        return null;
    }

    List<RowRule> views(Action action, String resource) {
        return views.stream().filter(view -> view.of().covers(action, resource)).toList();
    }
}
