package dev.sextant.authz.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Actions that may be done with resources; or, among what is denied, may not.
 *
 * @param by the role or policy it is of, {@code role/analyst} or {@code policy/pol_eu}; null while it is of a role that it stands in
 * @param resources patterns: see {@link Resources}
 * @param actions in lower case; {@code *} is all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Grant(@Nullable String by, List<String> resources, List<String> actions) {

    public Grant {
        resources = List.copyOf(resources);
        actions = List.copyOf(actions);
    }

    boolean covers(Action action, String resource) {
        return (actions.contains(action.text()) || actions.contains(Action.ANY))
                && Resources.matches(resources, resource);
    }
}
