package dev.sextant.identity.key;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.CredentialEnded.End;
import dev.sextant.store.Credential;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a key ends by itself, and what is said from then on. It follows from what the store says, on every node the same.
 *
 * @param atMillis since 1970; {@code Long.MAX_VALUE} for never
 */
public record KeyEnd(long atMillis, Problem afterwards) {

    /** Of the key, whichever of its texts is shown: it expires. */
    public static KeyEnd ofKey(Credential key) {
        return ofKey(key.expiresAt());
    }

    /** Of the text of it that was shown: another one may have taken its place before the key expires. */
    public static KeyEnd ofText(Credential key) {
        long expires = millis(key.expiresAt());
        long rotated = millis(key.text().endsAt());
        return rotated < expires ? new KeyEnd(rotated, rotated()) : ofKey(key);
    }

    static KeyEnd ofKey(@Nullable Instant expiresAt) {
        return new KeyEnd(millis(expiresAt), new Problem.CredentialEnded(End.KEY_EXPIRED, "The API key has expired."));
    }

    private static Problem rotated() {
        return new Problem.CredentialEnded(
                End.KEY_ROTATED, "The API key was rotated: this text has ended, and another one has taken its place.");
    }

    private static long millis(@Nullable Instant instant) {
        return instant == null ? Long.MAX_VALUE : instant.toEpochMilli();
    }
}
