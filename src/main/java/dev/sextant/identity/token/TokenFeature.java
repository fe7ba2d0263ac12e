package dev.sextant.identity.token;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.identity.key.KeyProver;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The door of the token room, and the one place where its parts are put together. */
public final class TokenFeature implements Feature {

    private final Bus bus;
    private final SigningKeyStore store;
    private final SigningKeyRing ring = new SigningKeyRing();
    private final KeyProver prover;
    private final Tokens tokens;
    private final TokenIssuer issuer;
    private Supplier<List<String>> furtherKeys = List::of;

    public TokenFeature(Bus bus, SigningKeyStore store, KeyProver prover, TokenConfig config, InstantSource clock) {
        this.bus = bus;
        this.store = store;
        this.prover = prover;
        this.tokens = new Tokens(ring, config, clock);
        this.issuer = new TokenIssuer(tokens, config, clock);
    }

    /** Checks tokens; works as soon as the workers have started. */
    public Tokens tokens() {
        return tokens;
    }

    /** Signs statements of the server; works as soon as the workers have started. */
    public Statements statements() {
        return new Statements(ring);
    }

    /** Signs messages; works as soon as the workers have started. */
    public MessageSigner messageSigner() {
        return new MessageSigner(ring);
    }

    /** Publishes further keys beside those that sign: public ones (JWK). To be told before the node starts. */
    public void publishAlso(Supplier<List<String>> publicKeys) {
        furtherKeys = publicKeys;
    }

    @Override
    public List<Operation> operations() {
        return List.of(new IssueTokenOperation(bus), new GetJwksOperation(ring, () -> furtherKeys.get()));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "tokens", ThreadingModel.EVENT_LOOP, 1, () -> new TokensVerticle(bus, store, ring, issuer, prover)));
    }
}
