package dev.sextant.identity.grant;

import dev.sextant.kernel.Problem.CredentialEnded.End;
import io.vertx.core.Future;
import java.time.InstantSource;
import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.key.KeyReader;
import java.util.Optional;
import dev.sextant.kernel.Problem;
import dev.sextant.store.SignInCredential;

/** Finds the sign-in that a token came of. Remembers nothing. */
public final class SignInProver {

    private final KeyReader<SignInCredential> reader;
    private final InstantSource clock;

    public SignInProver(KeyReader<SignInCredential> reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * The sign-in of that id, where it is that user's; empty where there is none. It may be over: see {@link #standing}.
     *
     * @param epoch see {@link KeyReader#read}; its failures, too
     */
    public Future<Optional<SignInCredential>> find(String signInId, String userId, long epoch) {
        return reader.read(signInId, epoch)
                .map(found -> found.filter(signIn -> signIn.userId().equals(userId)));
    }

    /** Why nothing comes of this sign-in now; empty where it is good. */
    public Optional<Problem> standing(SignInCredential signIn) {
        if (signIn.revokedAt() != null
                || !signIn.isUserActive()
                || !clock.instant().isBefore(signIn.expiresAt())) {
            return Optional.of(over());
        }
        return signIn.isTenantActive() ? Optional.empty() : Optional.of(KeyProver.suspended());
    }

    public static Problem over() {
        return new Problem.CredentialEnded(End.TOKEN_REVOKED, "The access token ended with the sign-in it came of.");
    }
}
