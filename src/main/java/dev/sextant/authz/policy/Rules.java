package dev.sextant.authz.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Policy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Policy} says. Roles add up: what one of them gives is given. Whatever is denied, hidden, masked or narrowed
 * is so, whichever role it comes with.
 *
 * @param denied what is not given, whoever gives it
 * @param without events that are not seen, whoever shows them
 */
public record Rules(List<RoleRules> roles, List<Grant> denied, List<RowRule> without, List<ColumnRule> columns) {

    /** What gives all to those whom no role narrows. */
    private static final String WITHOUT_ROLES = "credential";

    /** All is given, and nothing kept back. */
    static final Rules ALL = new Rules(
            List.of(new RoleRules(
                    WITHOUT_ROLES, List.of(new Grant(WITHOUT_ROLES, List.of("*"), List.of(Action.ANY))), List.of())),
            List.of(),
            List.of(),
            List.of());

    public Rules {
        roles = List.copyOf(roles);
        denied = List.copyOf(denied);
        without = List.copyOf(without);
        columns = List.copyOf(columns);
    }

    /** Reads it: some µs for each rule. */
    public static Rules of(Policy policy) {
        return policy.equals(Policy.SEES_ALL)
                ? ALL
                : Json.read(policy.rules().getBytes(StandardCharsets.UTF_8), Rules.class);
    }

    /** As text: equal rules of equal roles and policies are equal texts. */
    public Policy policy() {
        if (areAll()) {
            return Policy.SEES_ALL;
        }
        Rules canonical = new Rules(
                sorted(roles.stream()), sorted(denied.stream()), sorted(without.stream()), sorted(columns.stream()));
        return Policy.of(new String(Json.write(canonical), StandardCharsets.UTF_8));
    }

    /** Whether all is given, and nothing kept back. */
    private boolean areAll() {
        return denied.isEmpty()
                && without.isEmpty()
                && columns.isEmpty()
                && roles.stream().anyMatch(role -> givesAll(role));
    }

    private static boolean givesAll(RoleRules role) {
        return role.views().isEmpty()
                && role.grants().stream()
                        .anyMatch(grant -> grant.resources().contains("*")
                                && grant.actions().contains(Action.ANY));
    }

    /** Each once, in the order of their texts. */
    static <T extends Record> List<T> sorted(Stream<T> rules) {
        return rules.distinct()
                .sorted(java.util.Comparator.comparing(rule -> new String(Json.write(rule), StandardCharsets.UTF_8)))
                .toList();
    }

    /** Whether they are of whoever has that role. */
    public boolean has(String role) {
        return roles.stream().anyMatch(known -> ("role/" + role).equals(known.by()));
    }

    /** Whether it may be done. Takes well under 50 µs. */
    public boolean allows(Action action, String resource) {
        return denial(action, resource) == null && grants(action, resource);
    }

    private boolean grants(Action action, String resource) {
        for (RoleRules role : roles) {
            if (role.granting(action, resource) != null) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Grant denial(Action action, String resource) {
        for (Grant denial : denied) {
            if (denial.covers(action, resource)) {
                return denial;
            }
        }
        return null;
    }

    /** What is kept back of a dataset from whoever does this with it, where they may. */
    public DatasetRules dataset(Action action, String name) {
        return equals(ALL) ? DatasetRules.NONE : new DatasetReading(this, action, Resources.dataset(name)).rules();
    }

    /** Why it may be done or not. */
    public Decision decide(Action action, String resource) {
        return new Deciding(this, action, resource).decision();
    }

    /** The views of the roles that give this; null where one of them shows all. */
    @JsonIgnore
    @Nullable
    List<RowRule> views(Action action, String resource) {
        List<List<RowRule>> views = roles.stream()
                .filter(role -> role.granting(action, resource) != null)
                .map(role -> role.views(action, resource))
                .toList();
        return views.stream().anyMatch(List::isEmpty)
                ? null
                : views.stream().flatMap(List::stream).toList();
    }

    /** What decides: a denial, or what the roles give. */
    @Nullable
    Grant deciding(Action action, String resource) {
        Grant denial = denial(action, resource);
        return denial != null
                ? denial
                : roles.stream()
                        .map(role -> role.granting(action, resource))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }
}
