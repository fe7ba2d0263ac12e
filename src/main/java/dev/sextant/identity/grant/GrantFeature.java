package dev.sextant.identity.grant;

import dev.sextant.bus.Bus;
import java.time.Duration;
import dev.sextant.feature.Feature;
import java.time.InstantSource;
import java.util.List;
import dev.sextant.http.Operation;
import dev.sextant.store.Postgres;
import dev.sextant.store.TenantDb;
import io.vertx.core.ThreadingModel;
import dev.sextant.feature.WorkerSpec;

/** The door of the grant room. To be made before jobs start: one of them deletes what ended a while ago. */
public final class GrantFeature implements Feature {

    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    /** So long it is known that something was there, to tell a thief's second use from nonsense. */
    private static final Duration KEEP_ENDED = Duration.ofDays(1);

    private final Bus bus;
    private final TenantDb db;
    private final GrantConfig config;
    private final InstantSource clock;

    public GrantFeature(Bus bus, Postgres postgres, GrantConfig config, InstantSource clock) {
        this.bus = bus;
        this.db = postgres.tenantDb();
        this.config = config;
        this.clock = clock;
        postgres.jobs()
                .every("identity.purge-sign-ins", PURGE_EVERY, () -> postgres.platformDb()
                        .inTransaction(transaction -> GrantStore.purge(
                                transaction, clock.instant().minus(KEEP_ENDED))));
    }

    @Override
    public List<Operation> operations() {
        return List.of();
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "grants", ThreadingModel.EVENT_LOOP, 1, () -> new GrantsVerticle(bus, db, config, clock)));
    }
}
