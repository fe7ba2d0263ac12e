package dev.sextant.identity.token;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.user.Authorities;
import dev.sextant.store.ChangeFeed;
import dev.sextant.store.Jobs;
import io.vertx.core.ThreadingModel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * The door of the token room, and the one place where its parts are put together. To be made before jobs start: one of them
 * makes new signing keys in time.
 */
public final class TokenFeature implements Feature {

    private static final Duration KEEP_UP_EVERY = Duration.ofMinutes(10);

    /** Where the room's things are kept. */
    public record Stores(SigningKeyStore keys, Jobs jobs, KeyProver prover, Authorities authorities) {}

    private final Bus bus;
    private final Stores stores;
    private final Issuer issuer;
    private final TokensVerticle.Keys keys;
    private final Tokens tokens;
    private final TokenIssuer maker;
    private final Statements statements;
    private Supplier<List<String>> furtherKeys = List::of;

    public TokenFeature(Bus bus, Stores stores, Issuer issuer, TokenConfig config, InstantSource clock) {
        this.bus = bus;
        this.stores = stores;
        this.issuer = issuer;
        SigningSchedule schedule = new SigningSchedule(config);
        SigningKeyRing ring = new SigningKeyRing(stores.keys()::list, schedule, clock);
        this.keys = new TokensVerticle.Keys(stores.keys(), ring, schedule, clock);
        this.statements = new Statements(ring, stores.keys());
        this.tokens = new Tokens(ring, issuer, config.audience(), clock);
        this.maker = new TokenIssuer(tokens, issuer, config, clock);
        stores.jobs()
                .every(
                        "identity.signing-keys",
                        KEEP_UP_EVERY,
                        () -> stores.keys().keepUp(schedule));
    }

    /** Checks tokens; works as soon as the workers have started. */
    public Tokens tokens() {
        return tokens;
    }

    /**
     * Hears of changes: other nodes' keys are read within moments.
     *
     * @param onDistrust called once keys are gone that must not be believed: what they proved is to be forgotten
     */
    public void heed(ChangeFeed feed, Runnable onDistrust) {
        feed.onChange((_, subject) -> {
            if (subject.equals(SigningKeyStore.ROTATED)) {
                keys.ring().refresh();
            } else if (subject.equals(SigningKeyStore.REPLACED)) {
                keys.ring().refresh().onSuccess(_ -> {
                    onDistrust.run();
                    statements.keysWereWithdrawn();
                });
            }
        });
        // Among what was missed may be that keys must not be believed.
        feed.onGap(() -> keys.ring().refresh().onSuccess(_ -> onDistrust.run()));
    }

    /** Signs messages; works as soon as the workers have started. */
    public MessageSigner messageSigner() {
        return new MessageSigner(keys.ring());
    }

    /** Publishes further keys beside those that sign: public ones (JWK). To be told before the node starts. */
    public void publishAlso(Supplier<List<String>> publicKeys) {
        furtherKeys = publicKeys;
    }

    /** Signs statements of the server; works as soon as the workers have started. */
    public Statements statements() {
        return statements;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new IssueTokenOperation(bus),
                new GetJwksOperation(keys.ring(), () -> furtherKeys.get()),
                new GetAuthorizationServerMetadataOperation(issuer),
                new RotateSigningKeysOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "tokens",
                ThreadingModel.EVENT_LOOP,
                1,
                () -> new TokensVerticle(
                        bus, keys, maker, new TokensVerticle.Provers(stores.prover(), stores.authorities()))));
    }
}
