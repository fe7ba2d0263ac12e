package dev.sextant.authz.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.authz.policy.ColumnRule.Mask;
import dev.sextant.authz.policy.ColumnRule.Masked;
import dev.sextant.authz.policy.PolicyDocument.Effect;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What some roles come to, all of them together: the scopes, and the rules for data. A role that there is not (any more)
 * gives nothing. Pure; made once for each credential, some µs for each rule.
 */
public final class Authority {

    /** A policy as it is stored. */
    public record StoredPolicy(String id, String salt, PolicyDocument document) {}

    private record Found(List<RoleDefinition> roles, List<StoredPolicy> policies) {}

    private final Set<String> scopes;
    private final Rules rules;

    private Authority(Set<String> scopes, Rules rules) {
        this.scopes = scopes;
        this.rules = rules;
    }

    /**
     * Reads what the store tells.
     *
     * @param found the text that the SQL function {@code authority} gave for these roles
     * @param roles whose bearer is meant, built-in ones among them
     */
    public static Authority of(String found, List<String> roles) {
        Found read = Json.read(found.getBytes(StandardCharsets.UTF_8), Found.class);
        Stream<RoleDefinition> builtIn = BuiltInRoles.all().stream().filter(role -> roles.contains(role.name()));
        Stream<RoleDefinition> own = read.roles().stream()
                .filter(role -> BuiltInRoles.find(role.name()).isEmpty());
        return of(Stream.concat(builtIn, own).toList(), read.policies());
    }

    /**
     * What these roles come to.
     *
     * @param policies that name one of the roles
     */
    public static Authority of(List<RoleDefinition> roles, List<StoredPolicy> policies) {
        Set<String> scopes = roles.stream()
                .flatMap(role -> role.scopes().stream())
                .filter(Scope.ofTenants()::contains)
                .collect(Collectors.toUnmodifiableSet());
        return new Authority(scopes, rules(roles, policies));
    }

    public Set<String> scopes() {
        return scopes;
    }

    /** Whether there is a role of that name among those that were asked for. */
    public boolean has(String role) {
        return rules.has(role);
    }

    public Rules rules() {
        return rules;
    }

    /** How long the policy is as text, in bytes: see {@link Policy#BYTES_MAX}. */
    public int policyBytes() {
        return bytes(rules.policy());
    }

    private static int bytes(Policy policy) {
        return policy.rules().getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * What travels with the principal.
     *
     * @throws ProblemException {@code PolicyDenied} where the rules are too many to be carried: then there is no access
     */
    public Policy policy() {
        return carried(rules);
    }

    private static Policy carried(Rules rules) {
        Policy policy = rules.policy();
        if (bytes(policy) > Policy.BYTES_MAX) {
            throw new ProblemException(new Problem.PolicyDenied(
                    "The roles of this credential have more rules together than the %d bytes that can be kept to: give it fewer."
                            .formatted(Policy.BYTES_MAX)));
        }
        return policy;
    }

    private static Rules rules(List<RoleDefinition> roles, List<StoredPolicy> policies) {
        List<Grant> denied = new ArrayList<>();
        List<RowRule> without = new ArrayList<>();
        List<ColumnRule> columns = new ArrayList<>();
        for (StoredPolicy policy : policies) {
            PolicyDocument document = policy.document();
            if (document.deniesAll()) {
                denied.add(grant(policy));
            }
            if (document.effect() == Effect.DENY && document.rows() != null) {
                without.add(rows(policy));
            }
            if (document.columns() != null || document.measures() != null) {
                columns.add(columns(policy));
            }
        }
        return new Rules(roles.stream().map(role -> role(role, policies)).toList(), denied, without, columns);
    }

    private static RoleRules role(RoleDefinition role, List<StoredPolicy> policies) {
        List<Grant> grants = new ArrayList<>();
        List<RowRule> views = new ArrayList<>();
        role.grants().forEach(grant -> grants.add(new Grant(role.by(), grant.resources(), grant.actions())));
        for (StoredPolicy policy : policies) {
            PolicyDocument document = policy.document();
            if (document.effect() == Effect.ALLOW && document.roles().contains(role.name())) {
                grants.add(grant(policy));
                if (document.rows() != null) {
                    views.add(rows(policy));
                }
            }
        }
        return new RoleRules(role.by(), grants, views);
    }

    private static Grant grant(StoredPolicy policy) {
        return new Grant(
                by(policy), policy.document().resources(), policy.document().actions());
    }

    private static RowRule rows(StoredPolicy policy) {
        JsonNode filter = java.util.Objects.requireNonNull(policy.document().rows());
        return new RowRule(by(policy), grant(policy), SortedJson.of(filter));
    }

    private static ColumnRule columns(StoredPolicy policy) {
        PolicyDocument document = policy.document();
        PolicyDocument.Columns columns = document.columns();
        return new ColumnRule(
                by(policy),
                document.resources(),
                columns == null ? List.of() : columns.hidden(),
                columns == null
                        ? List.of()
                        : columns.masked().stream()
                                .map(mask -> new Masked(
                                        mask.field(), mask.with(), mask.with() == Mask.HASH ? policy.salt() : null))
                                .toList(),
                document.measures() == null ? List.of() : document.measures().deny());
    }

    private static String by(StoredPolicy policy) {
        return "policy/" + policy.id();
    }
}
