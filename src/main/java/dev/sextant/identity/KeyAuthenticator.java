package dev.sextant.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.http.Authenticator;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Proves who calls, by API key or access token. A credential that was seen before costs about a microsecond; it is
 * believed until it ends, and at most a second longer than the store believes it.
 *
 * <p>Where the store's changes cannot be heard for a second, everything is forgotten, and nobody is believed until they are
 * heard again: callers wait for that for a moment.
 */
final class KeyAuthenticator implements Authenticator {

    private static final String SCHEME = "Bearer ";
    private static final int CREDENTIAL_LENGTH_MAX = 4096;

    /** So long one who insists on a credential that there is not costs nothing. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

    private static final int UNKNOWN_MAX = 10_000;

    private final CredentialProof proof;
    private final Function<TenantId, Future<Void>> requireActive;
    private final TenantGates gates;
    private final InstantSource clock;
    private final TenantCache<Fingerprint, Verified> credentials;
    private final Cache<Fingerprint, Future<Principal>> unknown;

    /** @param requireActive fails where a caller who may work for any tenant may not for this one */
    KeyAuthenticator(
            CredentialProof proof,
            Function<TenantId, Future<Void>> requireActive,
            TenantGates gates,
            IdentityConfig config,
            InstantSource clock) {
        this.proof = proof;
        this.requireActive = requireActive;
        this.gates = gates;
        this.clock = clock;
        this.credentials = new TenantCache<>(gates, config.credentialsMax());
        this.unknown = Caffeine.newBuilder()
                .maximumSize(UNKNOWN_MAX)
                .expireAfterWrite(UNKNOWN_FOR)
                .build();
    }

    @Override
    public Future<Principal> authenticate(String authorization, ClientAddress client) {
        if (!isBearer(authorization)) {
            return ProblemException.failed(
                    new Problem.Unauthenticated("Send an API key or an access token as 'Authorization: Bearer …'."));
        }
        if (!gates.hearChanges()) {
            gates.allChanged();
            return gates.hearAgain()
                    .recover(_ -> ProblemException.failed(new Problem.IdentityUnavailable(
                            "Credentials cannot be checked at the moment; try again shortly.")))
                    .compose(_ -> authenticate(authorization, client));
        }
        String credential = authorization.substring(SCHEME.length());
        Fingerprint fingerprint = Fingerprint.of(credential);
        Verified known = credentials.find(fingerprint);
        return known != null ? known.at(clock.millis(), client) : prove(credential, fingerprint, client);
    }

    @Override
    public Future<Principal> enter(Principal principal, TenantId tenant) {
        if (principal.tenant().equals(tenant)) {
            return Future.succeededFuture(principal);
        }
        if (!principal.scopes().contains("platform:cross_tenant")) {
            return ProblemException.failed(
                    new Problem.TenantMismatch("Your credential belongs to another tenant than tenant_id names."));
        }
        return requireActive.apply(tenant).map(_ -> principal.at(tenant));
    }

    @Override
    public OptionalLong endsAtMillis(String authorization) {
        if (!isBearer(authorization)) {
            return OptionalLong.empty();
        }
        Verified known = credentials.find(Fingerprint.of(authorization.substring(SCHEME.length())));
        return known == null || known.endsAtMillis() == Long.MAX_VALUE
                ? OptionalLong.empty()
                : OptionalLong.of(known.endsAtMillis());
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && authorization.length() <= SCHEME.length() + CREDENTIAL_LENGTH_MAX;
    }

    private Future<Principal> prove(String credential, Fingerprint fingerprint, ClientAddress client) {
        Future<Principal> refusal = unknown.getIfPresent(fingerprint);
        if (refusal != null) {
            return refusal;
        }
        long epoch = gates.epoch();
        return proof.prove(credential, epoch)
                .onFailure(failure -> rememberUnknown(fingerprint, failure))
                .compose(proven -> {
                    credentials.keep(fingerprint, proven.verified(), proven.tenant(), epoch);
                    return proven.verified().at(clock.millis(), client);
                });
    }

    private void rememberUnknown(Fingerprint fingerprint, Throwable failure) {
        if (failure instanceof ProblemException known
                && (known.problem() instanceof Problem.Unauthenticated
                        || known.problem() instanceof Problem.CredentialEnded)) {
            unknown.put(fingerprint, Future.failedFuture(known));
        }
    }
}
