package dev.sextant.identity.user;

import dev.sextant.authz.policy.Authority;
import java.util.function.BiFunction;
import io.vertx.core.Future;
import java.util.List;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.kernel.Problem.Violation;

/** Knows what roles come to, and who may give them. Asks the store each time. Any thread. */
public final class Authorities {

    private static final String GIVE = "You can give only roles that may do no more than you; you lack '%s'.";
    private static final String CHANGE = "You can change only users that may do no more than you; you lack '%s'.";

    private final BiFunction<TenantId, List<String>, Future<String>> lookUp;

    /** @param lookUp what {@code authz.policy.Authority} reads of some roles of a tenant */
    public Authorities(BiFunction<TenantId, List<String>, Future<String>> lookUp) {
        this.lookUp = lookUp;
    }

    public Future<Authority> of(TenantId tenant, List<String> roles) {
        return lookUp.apply(tenant, roles).map(found -> Authority.of(found, roles));
    }

    /**
     * Refuses a caller who would give roles that may do more than they may, at the origin's tenant.
     *
     * @param pointer where in the body the roles stand
     * @return fails with {@code InvalidRequest} for a role that there is not, with {@code InsufficientScope} or
     *     {@code PolicyDenied} for one that they may not give
     */
    public Future<Void> requireGivable(Origin origin, List<String> roles, String pointer) {
        return of(origin.tenant(), roles).map(authority -> {
            for (int i = 0; i < roles.size(); i++) {
                if (!exists(roles.get(i), authority)) {
                    throw unknown(pointer + "/" + i);
                }
            }
            refuseAbove(origin.principal(), authority, GIVE);
            return null;
        });
    }

    /** Refuses a caller who may do less than this user. */
    Future<Void> requireAbove(Origin origin, User user) {
        return of(origin.tenant(), user.roles()).map(authority -> {
            refuseAbove(origin.principal(), authority, CHANGE);
            return null;
        });
    }

    private static boolean exists(String role, Authority authority) {
        return authority.rules().roles().stream().anyMatch(known -> ("role/" + role).equals(known.by()));
    }

    /** Whoever sees less than all gives no other view of the data than their own. */
    private static void refuseAbove(Principal caller, Authority authority, String detail) {
        if (caller.scopes().contains("platform:cross_tenant")) {
            return;
        }
        authority.scopes().stream()
                .sorted()
                .filter(scope -> !caller.scopes().contains(scope))
                .findFirst()
                .ifPresent(scope -> {
                    throw new ProblemException(new Problem.InsufficientScope(scope, detail.formatted(scope)));
                });
        if (!caller.policy().equals(Policy.SEES_ALL) && !caller.policy().equals(authority.policy())) {
            throw new ProblemException(new Problem.PolicyDenied(
                    "You see a part of the data only, and so can give no roles that see another part."));
        }
    }

    private static ProblemException unknown(String pointer) {
        return new ProblemException(new Problem.InvalidRequest(
                List.of(Violation.at(pointer, "not_allowed", "is no role of this tenant")), "There is no such role."));
    }
}
