package dev.sextant.identity.key;

import dev.sextant.authz.policy.Authority;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Credential;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What a key may do now. Without roles, what its scopes say, with all data. With roles, no more than they give, and of that what
 * its scopes say: whatever is changed of them changes the key.
 */
public final class KeyRights {

    /** Scopes, and the rules for data. */
    public record Rights(Set<String> scopes, Policy policy) {

        public Rights {
            scopes = Set.copyOf(scopes);
        }

        /** The same with none but these scopes. */
        public Rights within(Collection<String> wanted) {
            return new Rights(scopes.stream().filter(wanted::contains).collect(Collectors.toSet()), policy);
        }
    }

    private final BiFunction<TenantId, List<String>, Future<String>> authority;

    /** @param authority asks the store what roles of a tenant give */
    public KeyRights(BiFunction<TenantId, List<String>, Future<String>> authority) {
        this.authority = authority;
    }

    /** Fails as the store does, and with {@code PolicyDenied} where the roles have more rules than can be kept to. */
    public Future<Rights> of(Credential key) {
        return of(key.tenant(), key.limits().roles(), key.scopes());
    }

    /** Fails with {@code InvalidRequest} where the tenant has not all of these roles. */
    Future<Void> requireKnown(TenantId tenant, List<String> roles) {
        if (roles.isEmpty()) {
            return Future.succeededFuture();
        }
        return authority.apply(tenant, roles).map(found -> {
            Authority known = Authority.of(found, roles);
            for (int i = 0; i < roles.size(); i++) {
                if (!known.has(roles.get(i))) {
                    Violation violation = Violation.at("/roles/" + i, "not_allowed", "is no role of this tenant");
                    throw new ProblemException(
                            new Problem.InvalidRequest(List.of(violation), "There is no such role."));
                }
            }
            return null;
        });
    }

    Future<Rights> of(TenantId tenant, List<String> roles, Collection<String> scopes) {
        if (roles.isEmpty()) {
            return Future.succeededFuture(new Rights(Set.copyOf(scopes), Policy.SEES_ALL));
        }
        return authority
                .apply(tenant, roles)
                .map(found -> Authority.of(found, roles))
                .map(given -> new Rights(given.scopes(), given.policy()).within(scopes));
    }
}
