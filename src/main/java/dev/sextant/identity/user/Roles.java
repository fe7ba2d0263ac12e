package dev.sextant.identity.user;

import java.util.Collection;
import java.util.stream.Collectors;
import java.util.List;
import java.util.Map;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.util.Set;
import java.util.stream.Stream;
import dev.sextant.kernel.Problem.Violation;

/** What each built-in role may do within its tenant. Pure. */
public final class Roles {

    private static final Set<String> VIEWER = Set.of("analytics:read", "datasets:read");
    private static final Set<String> ANALYST = with(VIEWER, "datasets:write", "events:write");
    private static final Set<String> ADMIN =
            with(ANALYST, "events:delete", "keys:read", "keys:write", "users:read", "users:write");
    private static final Set<String> OWNER = with(ADMIN, "sign_in:read", "sign_in:write");

    private static final Map<String, Set<String>> ROLE_TO_SCOPES =
            Map.of("viewer", VIEWER, "analyst", ANALYST, "admin", ADMIN, "owner", OWNER);

    private Roles() {}

    public static boolean exists(String role) {
        return ROLE_TO_SCOPES.containsKey(role);
    }

    /** The union of what they may do; a role that there is not may do nothing. */
    public static Set<String> scopes(Collection<String> roles) {
        return roles.stream()
                .flatMap(role -> ROLE_TO_SCOPES.getOrDefault(role, Set.of()).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Refuses a caller who would give roles that may do more than they may.
     *
     * @param pointer where in the body the roles stand
     * @throws ProblemException {@code InvalidRequest} for a role that there is not, {@code InsufficientScope}
     */
    public static void requireGivable(Principal caller, List<String> roles, String pointer) {
        for (int i = 0; i < roles.size(); i++) {
            if (!exists(roles.get(i))) {
                throw unknown(pointer + "/" + i);
            }
        }
        requireAbove(caller, roles, "You can give only roles that may do no more than you; you lack '%s'.");
    }

    /** Refuses a caller who may do less than somebody with these roles. */
    static void requireAbove(Principal caller, List<String> roles, String detail) {
        if (caller.scopes().contains("platform:cross_tenant")) {
            return;
        }
        scopes(roles).stream()
                .sorted()
                .filter(scope -> !caller.scopes().contains(scope))
                .findFirst()
                .ifPresent(scope -> {
                    throw new ProblemException(new Problem.InsufficientScope(scope, detail.formatted(scope)));
                });
    }

    private static ProblemException unknown(String pointer) {
        String names = ROLE_TO_SCOPES.keySet().stream().sorted().collect(Collectors.joining(", "));
        return new ProblemException(new Problem.InvalidRequest(
                List.of(Violation.at(pointer, "not_allowed", "must be one of " + names)), "There is no such role."));
    }

    private static Set<String> with(Set<String> scopes, String... further) {
        return Stream.concat(scopes.stream(), Stream.of(further)).collect(Collectors.toUnmodifiableSet());
    }
}
