package dev.sextant.engine.duckdb;

import dev.sextant.engine.CommitListener;
import dev.sextant.engine.Condition;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.Deleted;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.Table;
import dev.sextant.engine.TenantCopies.Copied;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the queue hands out, a tenant's one group after the other. Batches that waited together are stored in one
 * transaction; where it fails, one by one, so that only the bad one fails.
 */
final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    /** What is done with a file's rollups, in a transaction. */
    @FunctionalInterface
    private interface RollupChange {
        void apply(Rollups rollups) throws SQLException;
    }

    private final OpenTenants tenants;
    private final DuckDbConfig.Dedupe dedupe;
    private final Semaphore filters;
    private final InstantSource clock;
    private final CommitListener listener;
    private final EngineFailure failures;

    Committer(DuckDbConfig config, OpenTenants tenants, InstantSource clock, CommitListener listener) {
        this.tenants = tenants;
        this.dedupe = config.dedupe();
        this.filters = new Semaphore((int) Math.min(Integer.MAX_VALUE, dedupe.filterBytesMax() / IdFilter.BYTES));
        this.clock = clock;
        this.listener = listener;
        this.failures = new EngineFailure(config.tenants().memoryBytesMax());
    }

    void write(FairQueue.Group<Write> group) {
        TenantId tenant = group.tenant();
        try {
            switch (group.works().getFirst()) {
                case Write.Define define -> define(tenant, define);
                case Write.DefineRollup define -> {
                    String dataset = define.rollup().dataset();
                    changeRollups(tenant, dataset, rollups -> rollups.define(define.rollup()));
                    define.promise().tryComplete();
                }
                case Write.DropRollup drop -> {
                    changeRollups(tenant, drop.dataset(), rollups -> rollups.drop(drop.dataset(), drop.name()));
                    drop.promise().tryComplete();
                }
                case Write.Delete delete -> delete(tenant, delete);
                case Write.Copy copy -> copy(tenant, copy);
                case Write.Drop drop -> {
                    tenants.drop(tenant);
                    drop.promise().complete();
                }
                case Write.Append _ -> append(tenant, onTime(group.works()));
            }
        } catch (IOException | SQLException | RuntimeException e) {
            fail(tenant, group.works(), e);
        }
    }

    private void fail(TenantId tenant, List<? extends Write> writes, Exception failure) {
        ProblemException problem = failures.of(tenant, failure);
        writes.forEach(write -> write.fail(problem));
    }

    private void define(TenantId tenant, Write.Define define) throws IOException, SQLException {
        Table table = define.table();
        tenants.with(tenant, file -> {
            file.catalog().define(file.writer(), table);
            return table;
        });
        define.promise().complete();
    }

    /** The data stays as it is, and so do its versions. */
    private void changeRollups(TenantId tenant, String dataset, RollupChange change) throws IOException, SQLException {
        tenants.with(tenant, file -> {
            Sql.execute(file.writer(), "BEGIN TRANSACTION");
            try {
                change.apply(file.rollups());
                DatasetState next = file.state(dataset).with(file.rollups().rows(dataset));
                file.states().commit(() -> Sql.execute(file.writer(), "COMMIT"), Map.of(dataset, next));
                tell(tenant, dataset, next);
                return next;
            } catch (SQLException | RuntimeException e) {
                file.rollBack();
                throw e;
            }
        });
    }

    private void delete(TenantId tenant, Write.Delete delete) throws IOException, SQLException {
        Duration patience = delete.deadline().remaining();
        if (patience.isZero()) {
            delete.fail(new ProblemException(
                    new Problem.DeadlineExceeded("Nothing was deleted within the time allowed; try again.")));
            return;
        }
        Deleted deleted = tenants.with(tenant, file -> delete(tenant, file, delete.condition(), patience));
        delete.promise().tryComplete(deleted);
    }

    private Deleted delete(TenantId tenant, TenantFile file, Condition condition, Duration patience)
            throws SQLException {
        if (!file.catalog().has(condition.dataset())) {
            throw new ProblemException(new Problem.NotFound("There is no such dataset."));
        }
        DatasetState before = file.state(condition.dataset());
        DatasetState after = new Deletion(file, condition, dedupe.window(), clock.instant()).run(patience);
        if (after.dataVersion() > before.dataVersion()) {
            tell(tenant, condition.dataset(), after);
        }
        return new Deleted(before.rows() - after.rows(), after.dataVersion());
    }

    private void copy(TenantId tenant, Write.Copy copy) throws IOException, SQLException {
        if (!tenants.exist(tenant)) {
            copy.promise().complete(new Copied(0, Duration.ZERO));
            return;
        }
        FileCopy files = new FileCopy(System::nanoTime, copy.pauseMax());
        Copied copied = tenants.with(tenant, file -> {
            foldLog(tenant, file);
            return files.run(file.path(), copy.folder());
        });
        copy.promise().complete(copied);
    }

    /** So that less is to be copied; where it cannot be, because somebody reads, the log is copied, too. */
    private static void foldLog(TenantId tenant, TenantFile file) throws SQLException {
        try {
            Sql.execute(file.writer(), "CHECKPOINT");
        } catch (SQLException e) {
            if (EngineFailure.endsInstance(e)) {
                throw e;
            }
            LOG.debug("The log of tenant[{}] stays beside its file", tenant);
        }
    }

    private void tell(TenantId tenant, String dataset, DatasetState state) {
        try {
            listener.committed(tenant, dataset, state);
        } catch (RuntimeException e) {
            LOG.error("A listener failed on a commit of tenant[{}]", tenant, e);
        }
    }

    private static List<Write.Append> onTime(List<Write> writes) {
        List<Write.Append> appends = new ArrayList<>(writes.size());
        for (Write write : writes) {
            if (write instanceof Write.Append append) {
                if (append.deadline().remaining().isZero()) {
                    append.fail(new ProblemException(new Problem.DeadlineExceeded(
                            "The events were not stored within the time allowed; send them again.")));
                } else {
                    appends.add(append);
                }
            }
        }
        return appends;
    }

    private void append(TenantId tenant, List<Write.Append> appends) throws IOException, SQLException {
        if (!appends.isEmpty()) {
            tenants.with(tenant, file -> {
                appendTogether(tenant, file, appends);
                return appends;
            });
        }
    }

    private void appendTogether(TenantId tenant, TenantFile file, List<Write.Append> appends) throws SQLException {
        try {
            commit(tenant, file, appends);
        } catch (SQLException | RuntimeException e) {
            if (appends.size() == 1 || file.isBroken() || EngineFailure.endsInstance(e)) {
                throw e;
            }
            for (Write.Append append : appends) {
                appendAlone(tenant, file, append);
            }
        }
    }

    private void appendAlone(TenantId tenant, TenantFile file, Write.Append append) throws SQLException {
        try {
            commit(tenant, file, List.of(append));
        } catch (SQLException | RuntimeException e) {
            if (file.isBroken() || EngineFailure.endsInstance(e)) {
                throw e;
            }
            fail(tenant, List.of(append), e);
        }
    }

    private void commit(TenantId tenant, TenantFile file, List<Write.Append> appends) throws SQLException {
        List<EventBatch> batches = appends.stream().map(Write.Append::batch).toList();
        GroupCommit group = new GroupCommit(file, dedupe, filters, clock.instant());
        group.run(batches);
        group.changes().forEach((dataset, state) -> tell(tenant, dataset, state));
        appends.forEach(append -> append.promise().tryComplete(group.appended(append.batch())));
    }
}
