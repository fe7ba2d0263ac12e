package dev.sextant.analytics.sql;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.Role;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.query.run.Admission;
import dev.sextant.query.run.SqlService;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the room, and the one place where its parts are put together. */
public final class SqlFeature implements Feature {

    private static final int WORKERS = 2;

    private final Bus bus;
    private final Admission admission;
    private final SqlService service;
    private final InstantSource clock;

    public SqlFeature(Bus bus, Admission admission, SqlService service, InstantSource clock) {
        this.bus = bus;
        this.admission = admission;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(new QuerySqlOperation(bus, admission, clock));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec("sql", ThreadingModel.WORKER, WORKERS, () -> new SqlWorker(bus, service))
                .onlyTo(Role.SERVE));
    }
}
