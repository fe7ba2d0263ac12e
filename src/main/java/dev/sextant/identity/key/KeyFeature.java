package dev.sextant.identity.key;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.kernel.Secret;
import dev.sextant.store.KeyBounds;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the key room, and the one place where its parts are put together. */
public final class KeyFeature implements Feature {

    private final Bus bus;
    private final KeyStore store;
    private final Secret platformKey;
    private final KeyConfig config;
    private final Shared shared;
    private final LeakLimit leaks;
    private final InstantSource clock;

    /**
     * What the room has in common with whoever proves keys.
     *
     * @param uses of keys, to be written down
     * @param bounds of whoever gives something to a key
     */
    public record Shared(LastUses uses, KeyRights rights, KeyBounds bounds) {}

    public KeyFeature(
            Bus bus, KeyStore store, Secret platformKey, KeyConfig config, Shared shared, InstantSource clock) {
        this.bus = bus;
        this.store = store;
        this.platformKey = platformKey;
        this.config = config;
        this.shared = shared;
        this.leaks = new LeakLimit(config.leakReportsPerMinute(), clock);
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new CreateApiKeyOperation(bus),
                new ListApiKeysOperation(bus),
                new GetApiKeyOperation(bus),
                new UpdateApiKeyOperation(bus),
                new RotateApiKeyOperation(bus),
                new ReportLeakOperation(bus, leaks),
                new RevokeApiKeyOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "keys",
                ThreadingModel.EVENT_LOOP,
                1,
                () -> new KeysVerticle(bus, platformKey, new KeysVerticle.Parts(store, shared, leaks, config, clock))));
    }
}
