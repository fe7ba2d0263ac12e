package dev.sextant.identity;

import dev.sextant.identity.key.KeyEnd;
import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.key.KeyText;
import dev.sextant.identity.key.LastUses;
import dev.sextant.identity.token.AccessToken;
import dev.sextant.identity.token.Tokens;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.CredentialEnded.End;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Credential;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Proves a credential by asking the store, and remembers nothing. */
final class CredentialProof {

    /** What was found out of a credential, and the tenant whose changes may end it. */
    record Proven(TenantId tenant, Verified verified) {}

    private final KeyProver keys;
    private final Tokens tokens;
    private final LastUses uses;

    CredentialProof(KeyProver keys, Tokens tokens, LastUses uses) {
        this.keys = keys;
        this.tokens = tokens;
        this.uses = uses;
    }

    /**
     * Proves it. A key that has ended is something proven, too: it stays ended.
     *
     * @param epoch see {@code KeyProver}
     * @return fails with {@code Unauthenticated} where it is none of ours, {@code CredentialEnded} where a token is over
     */
    Future<Proven> prove(String credential, long epoch) {
        return KeyText.isMeant(credential) ? proveKey(credential, epoch) : proveToken(credential, epoch);
    }

    private Future<Proven> proveKey(String credential, long epoch) {
        Optional<KeyText> key = KeyText.parse(credential);
        if (key.isEmpty()) {
            return ProblemException.failed(unknown());
        }
        return keys.prove(key.get(), epoch)
                .map(found -> found.map(this::ofKey).orElseThrow(() -> new ProblemException(unknown())));
    }

    private Future<Proven> proveToken(String credential, long epoch) {
        return Future.succeededFuture(credential)
                .map(tokens::check)
                .compose(token -> keys.find(token.keyPrefix(), token.keyId(), epoch)
                        .map(found -> found.map(key -> ofToken(token, key))
                                .orElseThrow(() -> new ProblemException(revoked()))));
    }

    private Proven ofKey(Credential key) {
        KeyEnd end = KeyEnd.ofText(key);
        Verified verified =
                keys.standing(key, end).map(Verified::refused).orElseGet(() -> good(key, key.scopes(), end));
        return new Proven(key.tenant(), verified);
    }

    /** A token ends with its key, and can do nothing that its key cannot. It does not end with the text that it came of. */
    private Proven ofToken(AccessToken token, Credential key) {
        Set<String> scopes =
                token.scopes().stream().filter(key.scopes()::contains).collect(Collectors.toSet());
        KeyEnd end = KeyEnd.ofKey(key);
        Verified verified = keys.standing(key, end)
                .map(CredentialProof::ofItsToken)
                .map(Verified::refused)
                .orElseGet(() -> good(
                        key, scopes, new KeyEnd(Math.min(token.endsAtMillis(), end.atMillis()), Tokens.expired())));
        return new Proven(key.tenant(), verified);
    }

    private Verified good(Credential key, Set<String> scopes, KeyEnd end) {
        Principal principal = new Principal(
                key.tenant(), key.keyId(), scopes, Reach.of(key.limits().datasets()), PolicyFingerprint.SEES_ALL);
        return Verified.until(end, principal, KeyProver.ranges(key), uses.of(key.keyId()));
    }

    private static Problem ofItsToken(Problem ofKey) {
        return ofKey instanceof Problem.CredentialEnded ended && ended.end() == End.KEY_REVOKED ? revoked() : ofKey;
    }

    private static Problem unknown() {
        return new Problem.Unauthenticated("There is no such API key.");
    }

    private static Problem revoked() {
        return new Problem.CredentialEnded(
                End.TOKEN_REVOKED, "The access token ended with the API key that it was issued to.");
    }
}
