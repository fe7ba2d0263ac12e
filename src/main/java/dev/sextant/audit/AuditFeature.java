package dev.sextant.audit;

import dev.sextant.audit.journal.Journal;
import dev.sextant.audit.log.AuditLogFeature;
import dev.sextant.audit.log.LogAppend;
import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.AuditTrail;
import dev.sextant.http.Operation;
import dev.sextant.identity.token.Statements;
import dev.sextant.store.Postgres;
import io.vertx.core.ThreadingModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The door of the audit rooms, and the one place where they are put together. To be made before jobs start; blocks. */
public final class AuditFeature implements Feature {

    private static final Duration ORPHANS_EVERY = Duration.ofSeconds(30);

    /**
     * What the audit stands on.
     *
     * @param folder for the journal of this node
     */
    public record Ground(Bus bus, Postgres postgres, Statements statements, Path folder, InstantSource clock) {}

    private final Ground ground;
    private final AuditConfig config;
    private final AuditLogFeature log;
    private final LogAppend append = new LogAppend();
    private final Journal journal;
    private final JournaledTrail trail;

    public AuditFeature(Ground ground, AuditConfig config) {
        this.ground = ground;
        this.config = config;
        Postgres postgres = ground.postgres();
        this.log = new AuditLogFeature(ground.bus(), postgres, ground.statements(), config.log(), ground.clock());
        this.journal = Journal.open(ground.folder(), config.journal());
        this.trail = new JournaledTrail(journal, new Counts(config.addressesMax()), ground.clock());
        MadeChanges changes =
                new MadeChanges(postgres.platformDb(), append, config.ship().orphansAfter());
        postgres.jobs().every("audit.record_orphans", ORPHANS_EVERY, changes::recordOrphans);
    }

    /** How full the journal of this node is, 0 to 1: from 1 on, operations are refused. */
    public double journalFullness() {
        return journal.fullness();
    }

    /** Where the edge keeps its records. */
    public AuditTrail trail() {
        return trail;
    }

    @Override
    public List<Operation> operations() {
        return log.operations();
    }

    @Override
    public List<WorkerSpec> workers() {
        WorkerSpec ship = new WorkerSpec("audit-ship", ThreadingModel.WORKER, 1, this::shipper);
        return Stream.concat(log.workers().stream(), Stream.of(ship)).toList();
    }

    private ShipWorker shipper() {
        Shipment shipment = new Shipment(ground.postgres().platformDb(), journal.id(), append);
        return new ShipWorker(journal, trail, shipment, config.ship());
    }
}
