package dev.sextant.identity;

import dev.sextant.authz.policy.Authority;

import java.util.HashSet;
import dev.sextant.store.SignInCredential;
import dev.sextant.identity.grant.SignInProver;

import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.key.KeyText;
import dev.sextant.identity.token.AccessToken;
import dev.sextant.identity.token.Tokens;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.CredentialEnded.End;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Credential;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Proves a credential by asking the store, and remembers nothing. */
final class CredentialProof {

    /** What was found out of a credential, and the tenant whose changes may end it. */
    record Proven(TenantId tenant, Verified verified) {}

    private final KeyProver keys;
    private final SignInProver signIns;
    private final Tokens tokens;

    CredentialProof(KeyProver keys, SignInProver signIns, Tokens tokens) {
        this.keys = keys;
        this.signIns = signIns;
        this.tokens = tokens;
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
                .compose(token -> switch (token.source()) {
                    case AccessToken.OfKey source -> keys.find(source.prefix(), token.subject(), epoch)
                            .map(found -> found.map(key -> ofToken(token, key))
                                    .orElseThrow(() -> new ProblemException(revoked())));
                    case AccessToken.OfSignIn source -> signIns.find(source.signInId(), token.subject(), epoch)
                            .map(found -> found.map(signIn -> ofToken(token, signIn))
                                    .orElseThrow(() -> new ProblemException(SignInProver.over())));
                });
    }

    private Proven ofKey(Credential key) {
        Verified verified = keys.standing(key)
                .map(Verified::refused)
                .orElseGet(() -> Verified.until(endMillis(key), principal(key, key.scopes()), KeyProver.expired()));
        return new Proven(key.tenant(), verified);
    }

    /** A token ends with its key, and can do nothing that its key cannot. */
    private Proven ofToken(AccessToken token, Credential key) {
        Set<String> scopes =
                token.scopes().stream().filter(key.scopes()::contains).collect(Collectors.toSet());
        Verified verified = keys.standing(key)
                .map(CredentialProof::ofItsToken)
                .map(Verified::refused)
                .orElseGet(() -> Verified.until(
                        Math.min(token.endsAtMillis(), endMillis(key)), principal(key, scopes), Tokens.expired()));
        return new Proven(key.tenant(), verified);
    }

    /** A token ends with its sign-in, and can do nothing that the user did not allow, or may not do any more. */
    private Proven ofToken(AccessToken token, SignInCredential signIn) {
        Authority authority = Authority.of(signIn.authority(), signIn.roles());
        Set<String> scopes = new HashSet<>(token.scopes());
        scopes.retainAll(signIn.scopes());
        scopes.retainAll(authority.scopes());
        Principal user = new Principal(
                signIn.tenant(), signIn.userId(), scopes, authority.policy(), signIn.signInId());
        Verified verified = signIns.standing(signIn)
                .map(Verified::refused)
                .orElseGet(() -> Verified.until(
                        Math.min(token.endsAtMillis(), signIn.expiresAt().toEpochMilli()), user, Tokens.expired()));
        return new Proven(signIn.tenant(), verified);
    }

    private static Problem ofItsToken(Problem ofKey) {
        return ofKey instanceof Problem.CredentialEnded ended && ended.end() == End.KEY_REVOKED ? revoked() : ofKey;
    }

    private static Principal principal(Credential key, Set<String> scopes) {
        return new Principal(key.tenant(), key.keyId(), scopes, Policy.SEES_ALL);
    }

    private static long endMillis(Credential key) {
        Instant expiresAt = key.expiresAt();
        return expiresAt == null ? Long.MAX_VALUE : expiresAt.toEpochMilli();
    }

    private static Problem unknown() {
        return new Problem.Unauthenticated("There is no such API key.");
    }

    private static Problem revoked() {
        return new Problem.CredentialEnded(
                End.TOKEN_REVOKED, "The access token ended with the API key that it was issued to.");
    }
}
