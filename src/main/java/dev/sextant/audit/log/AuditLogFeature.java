package dev.sextant.audit.log;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.identity.token.Statements;
import dev.sextant.store.Postgres;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;

/** The door of the room of logs. To be made before the jobs of {@code postgres} start: one signs the heads of all logs. */
public final class AuditLogFeature implements Feature {

    private final Bus bus;
    private final Postgres postgres;
    private final LogConfig config;
    private final TreeHeads heads;

    public AuditLogFeature(Bus bus, Postgres postgres, Statements statements, LogConfig config, InstantSource clock) {
        this.bus = bus;
        this.postgres = postgres;
        this.config = config;
        this.heads = new TreeHeads(postgres.platformDb(), statements, clock);
        statements.onWithdrawal(heads::signGrown);
        postgres.jobs().every("audit.sign_heads", config.signEvery(), heads::signGrown);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new ListAuditEventsOperation(bus),
                new GetAuditTreeHeadOperation(bus),
                new ProveAuditInclusionOperation(bus),
                new ProveAuditConsistencyOperation(bus),
                new VerifyAuditOperation(bus),
                new EraseAuditOperation(bus),
                new ExportAuditOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        PersonalParts personal = new PersonalParts(postgres.platformDb());
        return List.of(new WorkerSpec(
                "audit-log",
                ThreadingModel.WORKER,
                2,
                () -> new LogWorker(bus, postgres.tenantDb(), personal, heads, config)));
    }
}
