package dev.sextant.idempotency;

import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Guard;
import dev.sextant.http.Operation;
import dev.sextant.store.PlatformDb;
import dev.sextant.store.Postgres;
import dev.sextant.store.Vault;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/** The door of the room in which requests are executed once. To be made before jobs start. */
public final class IdempotencyFeature implements Feature {

    private static final Duration TRIM_EVERY = Duration.ofHours(1);

    private final IdempotencyGuard guard;
    private final PlatformDb platformDb;
    private final IdempotencyConfig config;
    private final InstantSource clock;

    /** @param vault closes what is kept of answers, the same on every node */
    public IdempotencyFeature(Postgres postgres, Vault vault, IdempotencyConfig config, InstantSource clock) {
        this.guard = new IdempotencyGuard(new ClaimStore(postgres.tenantDb(), config, clock), vault, config);
        this.platformDb = postgres.platformDb();
        this.config = config;
        this.clock = clock;
        postgres.jobs().every("idempotency.trim", TRIM_EVERY, this::trim);
    }

    private Future<Void> trim() {
        return platformDb.inTransaction(transaction -> transaction
                .preparedQuery("DELETE FROM idempotency WHERE created_at < $1")
                .execute(Tuple.of(clock.instant().minus(config.keep()).atOffset(ZoneOffset.UTC)))
                .mapEmpty());
    }

    /** Stands right before the operations. */
    public Guard guard() {
        return guard;
    }

    @Override
    public List<Operation> operations() {
        return List.of();
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of();
    }
}
