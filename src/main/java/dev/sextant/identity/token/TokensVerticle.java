package dev.sextant.identity.token;

import dev.sextant.bus.Bus;
import dev.sextant.http.ClientAddress;
import dev.sextant.identity.key.KeyEnd;
import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.key.KeyText;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.Credential;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Issues tokens to those who show a key. Starts once there are keys to sign with, and looks for new ones each minute. */
final class TokensVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(TokensVerticle.class);
    private static final Duration REFRESH_EVERY = Duration.ofMinutes(1);

    /** Whatever reading is under way will do: a token whose key was revoked meanwhile is refused when it is shown. */
    private static final long ANY_EPOCH = -1;

    private final Bus bus;
    private final SigningKeyStore store;
    private final SigningKeyRing ring;
    private final TokenIssuer issuer;
    private final KeyProver prover;

    TokensVerticle(Bus bus, SigningKeyStore store, SigningKeyRing ring, TokenIssuer issuer, KeyProver prover) {
        this.bus = bus;
        this.store = store;
        this.ring = ring;
        this.issuer = issuer;
        this.prover = prover;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(REFRESH_EVERY.toMillis(), _ -> refresh());
        return store.ensure()
                .onSuccess(keys -> ring.use(SigningKeys.of(keys)))
                .compose(_ -> bus.answer(TokenAddresses.ISSUE, this::issue));
    }

    private Future<IssuedToken> issue(IssueToken question, Origin origin) {
        Optional<KeyText> key = KeyText.parse(question.clientSecret());
        return key.isEmpty()
                ? ProblemException.failed(refused())
                : prover.prove(key.get(), ANY_EPOCH)
                        .map(found -> client(found, question))
                        .map(client -> issuer.issue(client, key.get().prefix(), question.scope()));
    }

    private Credential client(Optional<Credential> found, IssueToken question) {
        Credential key = found.filter(credential -> credential.keyId().equals(question.clientId()))
                .orElseThrow(() -> new ProblemException(refused()));
        prover.standing(key, KeyEnd.ofText(key)).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        ClientAddress client = ClientAddress.parse(question.client()).orElse(ClientAddress.UNKNOWN);
        if (!KeyProver.allows(KeyProver.ranges(key), client)) {
            throw new ProblemException(KeyProver.elsewhere());
        }
        return key;
    }

    private static Problem refused() {
        return new Problem.Unauthenticated("There is no such key with this id.");
    }

    private void refresh() {
        store.list()
                .map(SigningKeys::of)
                .onSuccess(ring::use)
                .onFailure(failure -> LOG.warn("Signing keys not refreshed: {}", failure.getMessage()));
    }
}
