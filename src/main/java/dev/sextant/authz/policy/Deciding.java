package dev.sextant.authz.policy;

import dev.sextant.authz.policy.Decision.Considered;
import dev.sextant.authz.policy.Decision.Effect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through all rules that speak of one thing, in the order of their weight. */
record Deciding(Rules rules, Action action, String resource) {

    Decision decision() {
        Grant decisive = rules.deciding(action, resource);
        return new Decision(
                rules.allows(action, resource), decisive == null ? null : decisive.by(), List.copyOf(considered()));
    }

    private List<Considered> considered() {
        List<Considered> all = new ArrayList<>();
        rules.denied().stream()
                .filter(grant -> grant.covers(action, resource))
                .forEach(grant -> add(all, grant.by(), Effect.DENIES));
        rules.roles().stream()
                .flatMap(role -> role.grants().stream())
                .filter(grant -> grant.covers(action, resource))
                .forEach(grant -> add(all, grant.by(), Effect.ALLOWS));
        rules.without().stream()
                .filter(rule -> rule.of().covers(action, resource))
                .forEach(rule -> add(all, rule.by(), Effect.HIDES_ROWS));
        rules.roles().stream()
                .flatMap(role -> role.views(action, resource).stream())
                .forEach(rule -> add(all, rule.by(), Effect.SHOWS_ROWS));
        rules.columns().stream()
                .filter(rule -> Resources.matches(rule.resources(), resource))
                .forEach(rule -> {
                    if (!rule.hide().isEmpty() || !rule.mask().isEmpty()) {
                        add(all, rule.by(), Effect.HIDES_COLUMNS);
                    }
                    if (!rule.measures().isEmpty()) {
                        add(all, rule.by(), Effect.DENIES_MEASURES);
                    }
                });
        return all;
    }

    private static void add(List<Considered> all, @Nullable String by, Effect effect) {
        if (by != null && !all.contains(new Considered(by, effect))) {
            all.add(new Considered(by, effect));
        }
    }
}
