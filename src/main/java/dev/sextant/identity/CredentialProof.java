package dev.sextant.identity;

import dev.sextant.authz.policy.Authority;
import dev.sextant.identity.grant.SignInProver;
import dev.sextant.identity.key.KeyEnd;
import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.key.KeyRights;
import dev.sextant.identity.key.KeyText;
import dev.sextant.identity.key.LastUses;
import dev.sextant.identity.token.AccessToken;
import dev.sextant.identity.token.Tokens;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.CredentialEnded.End;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Credential;
import dev.sextant.store.SignInCredential;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Proves a credential by asking the store, and remembers nothing. */
final class CredentialProof {

    /** What was found out of a credential, and the tenant whose changes may end it. */
    record Proven(TenantId tenant, Verified verified) {}

    private final KeyProver keys;
    private final SignInProver signIns;
    private final Tokens tokens;
    private final LastUses uses;
    private final KeyRights rights;

    CredentialProof(KeyProver keys, SignInProver signIns, Tokens tokens, LastUses uses, KeyRights rights) {
        this.keys = keys;
        this.signIns = signIns;
        this.tokens = tokens;
        this.uses = uses;
        this.rights = rights;
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
                .map(found -> found.orElseThrow(() -> new ProblemException(unknown())))
                .compose(found -> rights.of(found).map(has -> ofKey(found, has)));
    }

    private Future<Proven> proveToken(String credential, long epoch) {
        return Future.succeededFuture(credential).map(tokens::check).compose(token -> switch (token.source()) {
            case AccessToken.OfKey source ->
                keys.find(source.prefix(), token.subject(), epoch)
                        .map(found -> found.orElseThrow(() -> new ProblemException(revoked(), token.holder())))
                        .compose(found -> rights.of(found).map(has -> ofToken(token, found, has)));
            case AccessToken.OfSignIn source ->
                signIns.find(source.signInId(), token.subject(), epoch)
                        .map(found -> found.map(signIn -> ofToken(token, signIn))
                                .orElseThrow(() -> new ProblemException(SignInProver.over(), token.holder())));
        });
    }

    private Proven ofKey(Credential key, KeyRights.Rights has) {
        KeyEnd end = KeyEnd.ofText(key);
        Verified verified = keys.standing(key, end)
                .map(problem -> Verified.refused(problem, Principal.named(key.tenant(), key.keyId())))
                .orElseGet(() -> good(key, has, end));
        return new Proven(key.tenant(), verified);
    }

    /** A token ends with its key, and can do nothing that its key cannot. It does not end with the text that it came of. */
    private Proven ofToken(AccessToken token, Credential key, KeyRights.Rights has) {
        KeyEnd end = KeyEnd.ofKey(key);
        Verified verified = keys.standing(key, end)
                .map(CredentialProof::ofItsToken)
                .map(problem -> Verified.refused(problem, Principal.named(key.tenant(), key.keyId())))
                .orElseGet(() -> good(
                        key,
                        has.within(token.scopes()),
                        new KeyEnd(Math.min(token.endsAtMillis(), end.atMillis()), Tokens.expired())));
        return new Proven(key.tenant(), verified);
    }

    /** A token ends with its sign-in, and can do nothing that the user did not allow, or may not do any more. */
    private Proven ofToken(AccessToken token, SignInCredential signIn) {
        Authority authority = Authority.of(signIn.authority(), signIn.roles());
        Set<String> scopes = new HashSet<>(token.scopes());
        scopes.retainAll(signIn.scopes());
        scopes.retainAll(authority.scopes());
        Principal user = new Principal(
                signIn.tenant(), signIn.userId(), scopes, Reach.ALL, authority.policy(), signIn.signInId());
        long endMillis = Math.min(token.endsAtMillis(), signIn.expiresAt().toEpochMilli());
        Verified verified = signIns.standing(signIn)
                .map(problem -> Verified.refused(problem, user))
                .orElseGet(() -> Verified.until(new KeyEnd(endMillis, Tokens.expired()), user, List.of(), null));
        return new Proven(signIn.tenant(), verified);
    }

    private Verified good(Credential key, KeyRights.Rights has, KeyEnd end) {
        Principal principal = new Principal(
                key.tenant(), key.keyId(), has.scopes(), Reach.of(key.limits().datasets()), has.policy());
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
