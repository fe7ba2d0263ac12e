package dev.sextant.audit.log;

import dev.sextant.audit.log.Subtrees.Span;
import dev.sextant.bus.Bus;
import dev.sextant.http.PulledBytes;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Tells a tenant of its log, and proves and checks it. Hashing costs CPU, hence on worker threads. */
final class LogWorker extends VerticleBase {

    private final Bus bus;
    private final TenantDb db;
    private final TreeHeads heads;
    private final LogProofs proofs;
    private final LogChecks checks;
    private final PersonalParts personal;

    LogWorker(Bus bus, TenantDb db, PersonalParts personal, TreeHeads heads, LogConfig config) {
        this.bus = bus;
        this.db = db;
        this.personal = personal;
        this.heads = heads;
        this.proofs = new LogProofs(db);
        this.checks = new LogChecks(db, heads, config.checkedMax());
    }

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                bus.answer(LogAddresses.LIST, this::list),
                bus.answer(LogAddresses.HEAD, (_, origin) -> heads.current(origin.tenant())),
                bus.answer(LogAddresses.INCLUSION, (wish, origin) -> proofs.inclusion(origin.tenant(), wish)),
                bus.answer(LogAddresses.CONSISTENCY, (wish, origin) -> proofs.consistency(origin.tenant(), wish)),
                bus.answer(LogAddresses.CHECK, (wish, origin) -> checks.check(origin.tenant(), wish)),
                bus.answer(LogAddresses.ERASE, personal::erase),
                bus.answer(LogAddresses.EXPORT, this::export)));
    }

    private Future<AuditEventList> list(ListAuditEvents wish, Origin origin) {
        return db.inTransaction(origin.tenant(), connection -> EventFilter.find(connection, origin.tenant(), wish))
                .map(found -> AuditEventList.of(found, wish.limit()));
    }

    private Future<LogFile> export(ExportLog wish, Origin origin) {
        return heads.current(origin.tenant())
                .compose(head -> heads.keys()
                        .compose(keys -> earlier(head)
                                .map(earlier -> new LogFile(new PulledBytes(new LogExport(db, head, earlier, keys))))));
    }

    private Future<List<LogStore.Head>> earlier(SignedHead head) {
        TenantId tenant = new TenantId(head.tenantId());
        Span all = new Span(0, head.treeSize());
        return db.inTransaction(tenant, connection -> LogStore.heads(connection, tenant, all, LogChecks.HEADS_MAX));
    }
}
