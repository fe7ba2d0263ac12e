package dev.sextant.identity.token;

import dev.sextant.bus.Bus;
import dev.sextant.http.ClientAddress;
import dev.sextant.identity.grant.GrantedSignIn;
import dev.sextant.identity.key.KeyEnd;
import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.key.KeyText;
import dev.sextant.identity.user.Authorities;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Credential;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Issues tokens to those who show a key, or who signed in. Starts once there are keys to sign with, and renews them. */
final class TokensVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(TokensVerticle.class);
    private static final Duration REFRESH_EVERY = Duration.ofMinutes(1);

    /** Whatever reading is under way will do: a token whose key was revoked meanwhile is refused when it is shown. */
    private static final long ANY_EPOCH = -1;

    /** The signing keys, and what becomes of them. */
    record Keys(SigningKeyStore store, SigningKeyRing ring, SigningSchedule schedule, InstantSource clock) {}

    /** Whom it asks about those who want a token. */
    record Provers(KeyProver keys, Authorities authorities) {}

    private final Bus bus;
    private final Keys keys;
    private final TokenIssuer issuer;
    private final Provers provers;

    TokensVerticle(Bus bus, Keys keys, TokenIssuer issuer, Provers provers) {
        this.bus = bus;
        this.keys = keys;
        this.issuer = issuer;
        this.provers = provers;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(REFRESH_EVERY.toMillis(), _ -> refresh());
        return keys.store()
                .ensure()
                .onSuccess(keys.ring()::use)
                .compose(_ -> Future.all(
                        bus.answer(TokenAddresses.ISSUE, this::issue),
                        bus.answer(TokenAddresses.SIGN, this::sign),
                        bus.answer(TokenAddresses.PROVE_KEY, this::prove),
                        bus.answer(TokenAddresses.ROTATE, this::rotate)));
    }

    private Future<TokenOfKey> issue(IssueToken question, Origin origin) {
        return proven(new ProveKey(question.clientId(), question.clientSecret(), question.client()))
                .map(key -> new TokenOfKey(
                        key.tenant().value(),
                        issuer.issue(key, new KeyText(question.clientSecret()).prefix(), question.scope())));
    }

    private Future<ProvenKey> prove(ProveKey question, Origin origin) {
        return proven(question)
                .map(key -> new ProvenKey(key.keyId(), key.tenant().value()));
    }

    private Future<Credential> proven(ProveKey question) {
        Optional<KeyText> key = KeyText.parse(question.clientSecret());
        return key.isEmpty()
                ? ProblemException.failed(refused())
                : provers.keys().prove(key.get(), ANY_EPOCH).map(found -> client(found, question));
    }

    private Future<IssuedToken> sign(SignToken question, Origin origin) {
        GrantedSignIn signIn = question.signIn();
        return provers.authorities()
                .of(new TenantId(signIn.tenant()), signIn.roles())
                .map(authority -> issuer.issue(signIn, authority, question.scope()));
    }

    private Future<PublishedKeys> rotate(RotateKeys question, Origin origin) {
        return (question.compromised() ? keys.store().replace() : keys.store().rotate())
                .onSuccess(keys.ring()::use)
                .map(made -> PublishedKeys.of(
                        made, keys.schedule().signing(made, keys.clock().instant())));
    }

    private Credential client(Optional<Credential> found, ProveKey question) {
        Credential key = found.filter(credential -> credential.keyId().equals(question.clientId()))
                .orElseThrow(() -> new ProblemException(refused()));
        provers.keys().standing(key, KeyEnd.ofText(key)).ifPresent(problem -> {
            throw new ProblemException(problem, Principal.named(key.tenant(), key.keyId()));
        });
        ClientAddress client = ClientAddress.parse(question.client()).orElse(ClientAddress.UNKNOWN);
        if (!KeyProver.allows(KeyProver.ranges(key), client)) {
            throw new ProblemException(KeyProver.elsewhere(), Principal.named(key.tenant(), key.keyId()));
        }
        return key;
    }

    private static Problem refused() {
        return new Problem.OauthRefused(
                Problem.OauthRefused.ErrorCode.INVALID_CLIENT, "There is no such key with this id.");
    }

    private void refresh() {
        keys.ring().refresh().onFailure(failure -> LOG.warn("Signing keys not refreshed: {}", failure.getMessage()));
    }
}
