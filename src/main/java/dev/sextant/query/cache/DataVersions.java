package dev.sextant.query.cache;

import dev.sextant.engine.CommitListener;
import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;

/** How far the data of each dataset is, as far as this node has heard. Safe for all threads; what is known only grows. */
public final class DataVersions implements CommitListener {

    private record Place(TenantId tenant, String dataset) {}

    private final ConcurrentMap<Place, DatasetState> placeToState = new ConcurrentHashMap<>();

    @Override
    public void committed(TenantId tenant, String dataset, DatasetState state) {
        placeToState.merge(
                new Place(tenant, dataset),
                state,
                (known, heard) -> known.dataVersion() > heard.dataVersion() ? known : heard);
    }

    public Optional<DatasetState> known(TenantId tenant, String dataset) {
        return Optional.ofNullable(placeToState.get(new Place(tenant, dataset)));
    }

    /** What is known; else what the engine says, which is known from then on. */
    public Future<DatasetState> knownOr(
            TenantId tenant, String dataset, BiFunction<TenantId, String, Future<DatasetState>> engine) {
        return known(tenant, dataset)
                .map(Future::succeededFuture)
                .orElseGet(() -> engine.apply(tenant, dataset).onSuccess(state -> committed(tenant, dataset, state)));
    }
}
