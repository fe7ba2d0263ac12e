package dev.sextant.identity.provider;

import dev.sextant.identity.user.Authorities;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import java.util.List;
import dev.sextant.http.Operation;
import io.vertx.core.ThreadingModel;
import dev.sextant.feature.WorkerSpec;

/** The door of the provider room, and the one place where its parts are put together. */
public final class ProviderFeature implements Feature {

    private final Bus bus;
    private final ProviderStore store;
    private final Authorities authorities;
    private final ProviderConfig config;

    public ProviderFeature(Bus bus, ProviderStore store, Authorities authorities, ProviderConfig config) {
        this.bus = bus;
        this.store = store;
        this.authorities = authorities;
        this.config = config;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new PutIdentityProviderOperation(bus),
                new GetIdentityProviderOperation(bus),
                new ListIdentityProvidersOperation(bus),
                new DeleteIdentityProviderOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "providers", ThreadingModel.EVENT_LOOP, 1, () -> new ProvidersVerticle(bus, store, authorities, config)));
    }
}
