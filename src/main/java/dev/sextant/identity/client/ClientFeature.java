package dev.sextant.identity.client;

import dev.sextant.bus.Bus;
import dev.sextant.store.ClientCredential;
import dev.sextant.feature.Feature;
import java.util.function.Function;
import io.vertx.core.Future;
import java.util.List;
import dev.sextant.http.Operation;
import java.util.Optional;
import io.vertx.core.ThreadingModel;
import dev.sextant.feature.WorkerSpec;

/** The door of the client room, and the one place where its parts are put together. */
public final class ClientFeature implements Feature {

    private final Bus bus;
    private final ClientStore store;
    private final Function<String, Future<Optional<ClientCredential>>> lookUp;
    private final ClientConfig config;

    /** @param lookUp finds a client of whatever tenant by its id */
    public ClientFeature(
            Bus bus,
            ClientStore store,
            Function<String, Future<Optional<ClientCredential>>> lookUp,
            ClientConfig config) {
        this.bus = bus;
        this.store = store;
        this.lookUp = lookUp;
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
                "clients", ThreadingModel.EVENT_LOOP, 1, () -> new ClientsVerticle(bus, store, lookUp, config)));
    }
}
