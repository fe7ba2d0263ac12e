package dev.sextant.identity.key;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.CredentialEnded.End;
import dev.sextant.store.Credential;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whom a key, or a token that came of one, belongs to. Remembers nothing. */
public final class KeyProver {

    private final KeyReader<Credential> reader;
    private final InstantSource clock;

    public KeyProver(KeyReader<Credential> reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * The key with that text; empty where there is none. It may have ended: see {@link #standing}.
     *
     * @param epoch see {@link KeyReader#read}; its failures, too
     */
    public Future<Optional<Credential>> prove(KeyText key, long epoch) {
        return reader.read(key.prefix(), epoch)
                .map(found ->
                        found.filter(credential -> key.hasHash(credential.hash().getBytes())));
    }

    /** The key that a token names, as {@link #prove} gives it. */
    public Future<Optional<Credential>> find(String prefix, String keyId, long epoch) {
        return reader.read(prefix, epoch)
                .map(found -> found.filter(credential -> credential.keyId().equals(keyId)));
    }

    /** Why this key is refused now; empty where it is good. */
    public Optional<Problem> standing(Credential key) {
        return problem(key.revokedAt(), key.expiresAt(), key.isTenantActive(), clock.instant());
    }

    static Optional<Problem> problem(
            @Nullable Instant revokedAt, @Nullable Instant expiresAt, boolean isTenantActive, Instant now) {
        if (revokedAt != null) {
            return Optional.of(new Problem.CredentialEnded(End.KEY_REVOKED, "The API key was revoked."));
        }
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return Optional.of(expired());
        }
        return isTenantActive ? Optional.empty() : Optional.of(suspended());
    }

    public static Problem expired() {
        return new Problem.CredentialEnded(End.KEY_EXPIRED, "The API key has expired.");
    }

    public static Problem suspended() {
        return new Problem.TenantSuspended("The tenant is suspended; ask the operator of this service.");
    }
}
