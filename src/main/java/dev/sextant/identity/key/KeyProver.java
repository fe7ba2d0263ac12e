package dev.sextant.identity.key;

import dev.sextant.http.AddressRange;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.CredentialEnded.End;
import dev.sextant.store.Credential;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whom a key, or a token that came of one, belongs to. Remembers nothing. */
public final class KeyProver {

    private final KeyReader reader;
    private final InstantSource clock;

    public KeyProver(KeyReader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * The key with that text; empty where there is none. It, or the text, may have ended: see {@link #standing}.
     *
     * @param epoch see {@link KeyReader#read}; its failures, too
     */
    public Future<Optional<Credential>> prove(KeyText key, long epoch) {
        return reader.read(key.prefix(), epoch)
                .map(found -> found.filter(
                        credential -> key.hasHash(credential.text().hash().getBytes())));
    }

    /** The key that a token names by one of its texts, present or past, as {@link #prove} gives it. */
    public Future<Optional<Credential>> find(String prefix, String keyId, long epoch) {
        return reader.read(prefix, epoch)
                .map(found -> found.filter(credential -> credential.keyId().equals(keyId)));
    }

    /**
     * Why this key is refused now; empty where it is good.
     *
     * @param end of the key, or of the text of it that was shown
     */
    public Optional<Problem> standing(Credential key, KeyEnd end) {
        return problem(key.revokedAt(), end, key.isTenantActive(), clock.instant());
    }

    static Optional<Problem> problem(@Nullable Instant revokedAt, KeyEnd end, boolean isTenantActive, Instant now) {
        if (revokedAt != null) {
            return Optional.of(new Problem.CredentialEnded(End.KEY_REVOKED, "The API key was revoked."));
        }
        if (now.toEpochMilli() >= end.atMillis()) {
            return Optional.of(end.afterwards());
        }
        return isTenantActive ? Optional.empty() : Optional.of(suspended());
    }

    /** Where a key may be used from; none for anywhere. */
    public static List<AddressRange> ranges(Credential key) {
        return ranges(key.limits().addressRanges());
    }

    static List<AddressRange> ranges(@Nullable List<String> texts) {
        return texts == null
                ? List.of()
                : texts.stream().map(AddressRange::parse).toList();
    }

    /** Whether a key with these ranges may be used from there. */
    public static boolean allows(List<AddressRange> ranges, ClientAddress client) {
        return ranges.isEmpty() || AddressRange.anyContains(ranges, client);
    }

    public static Problem elsewhere() {
        return new Problem.AddressNotAllowed(
                "The credential may be used from some addresses only, and yours is none of them.");
    }

    private static Problem suspended() {
        return new Problem.TenantSuspended("The tenant is suspended; ask the operator of this service.");
    }
}
