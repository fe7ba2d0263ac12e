package dev.sextant.identity.client;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.kernel.Origin;
import dev.sextant.store.ClientCredential;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The door of the client room, and the one place where its parts are put together. */
public final class ClientFeature implements Feature {

    private final Bus bus;
    private final ClientStore store;
    private final Function<String, Future<Optional<ClientCredential>>> lookUp;
    private final Function<Origin, Future<Void>> requireWhole;
    private final ClientConfig config;

    /**
     * @param lookUp finds a client of whatever tenant by its id
     * @param requireWhole refuses a caller from whom something is kept back
     */
    public ClientFeature(
            Bus bus,
            ClientStore store,
            Function<String, Future<Optional<ClientCredential>>> lookUp,
            Function<Origin, Future<Void>> requireWhole,
            ClientConfig config) {
        this.bus = bus;
        this.store = store;
        this.lookUp = lookUp;
        this.requireWhole = requireWhole;
        this.config = config;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new CreateOauthClientOperation(bus),
                new ListOauthClientsOperation(bus),
                new GetOauthClientOperation(bus),
                new DeleteOauthClientOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "clients",
                ThreadingModel.EVENT_LOOP,
                1,
                () -> new ClientsVerticle(bus, store, lookUp, requireWhole, config)));
    }
}
