package dev.sextant.identity.user;

import dev.sextant.authz.policy.Authority;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.KeyBounds;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BiFunction;

/** Knows what roles come to, and who may give them. Asks the store each time. Any thread. */
public final class Authorities {

    private static final String GIVE = "You can give only roles that may do no more than you; you lack '%s'.";
    private static final String CHANGE = "You can change only what gives no more than you may do; you lack '%s'.";
    private static final String LIMITED =
            "Your key is limited to some datasets or addresses, or to a certificate, and so can give nobody rights: use one that is not.";
    private static final String PART =
            "You see a part of the data only, and so can give no roles that see another part.";

    private final BiFunction<TenantId, List<String>, Future<String>> lookUp;
    private final KeyBounds bounds;

    /** @param lookUp what {@code authz.policy.Authority} reads of some roles of a tenant */
    public Authorities(BiFunction<TenantId, List<String>, Future<String>> lookUp, KeyBounds bounds) {
        this.lookUp = lookUp;
        this.bounds = bounds;
    }

    public Future<Authority> of(TenantId tenant, List<String> roles) {
        return lookUp.apply(tenant, roles).map(found -> Authority.of(found, roles));
    }

    /**
     * Refuses a caller whose key is limited to datasets or addresses, or to a certificate: users have no such limits, so that
     * whoever can make or become one would be rid of theirs.
     */
    public Future<Void> requireUnlimited(Origin origin) {
        return bounds.of(origin.principal()).map(found -> {
            if (origin.principal().reach().isLimited() || found.bindsPlaceOrHolder()) {
                throw new ProblemException(new Problem.PolicyDenied(LIMITED));
            }
            return null;
        });
    }

    /** As {@link #requireUnlimited}; refuses a caller from whom rules keep some data, too. */
    public Future<Void> requireWhole(Origin origin) {
        return requireUnlimited(origin).map(_ -> {
            if (!origin.principal().policy().equals(Policy.SEES_ALL)) {
                throw new ProblemException(new Problem.PolicyDenied(PART));
            }
            return null;
        });
    }

    /**
     * Refuses a caller who is limited, or would give roles that may do more than they may, at the origin's tenant.
     *
     * @param pointer where in the body the roles stand
     * @return fails with {@code InvalidRequest} for a role that there is not, with {@code InsufficientScope} or
     *     {@code PolicyDenied} for one that they may not give
     */
    public Future<Void> requireGivable(Origin origin, List<String> roles, String pointer) {
        return requireUnlimited(origin).compose(_ -> of(origin.tenant(), roles)).map(authority -> {
            for (int i = 0; i < roles.size(); i++) {
                if (!authority.has(roles.get(i))) {
                    throw unknown(pointer + "/" + i);
                }
            }
            refuseAbove(origin.principal(), authority, GIVE);
            return null;
        });
    }

    /**
     * Refuses a caller who is limited, or may do less than whoever has these roles.
     *
     * @param roles maybe some that there are no more
     */
    public Future<Void> requireAbove(Origin origin, List<String> roles) {
        return requireUnlimited(origin).compose(_ -> of(origin.tenant(), roles)).map(authority -> {
            refuseAbove(origin.principal(), authority, CHANGE);
            return null;
        });
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
            throw new ProblemException(new Problem.PolicyDenied(PART));
        }
    }

    private static ProblemException unknown(String pointer) {
        return new ProblemException(new Problem.InvalidRequest(
                List.of(Violation.at(pointer, "not_allowed", "is no role of this tenant")), "There is no such role."));
    }
}
