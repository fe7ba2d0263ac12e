package dev.sextant.backup;

import dev.sextant.audit.journal.JournalCopy;
import dev.sextant.engine.TenantCopies;
import dev.sextant.engine.TenantCopies.Copied;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.TableSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleConsumer;

/**
 * Makes one backup. The order of its parts is what makes them agree: the journal, then PostgreSQL, then the tenants' events. Each
 * part tells only of what the later ones have. Blocks, and may be interrupted; for a thread of its own.
 */
final class Making {

    /** Opens the snapshot of the tables. */
    interface Tables {
        TableSnapshot open() throws IOException;
    }

    /** What a backup is made of, the same for all. */
    record Sources(Path journal, Tables tables, TenantCopies copies, ServerSecrets secrets, String product) {}

    private final Sources sources;
    private final BackupConfig config;
    private final BackupSecrets kept;
    private final InstantSource clock;
    private final DoubleConsumer progress;
    private final Deadline deadline;
    private long expectedBytes = 1;
    private long doneBytes;
    private long longestPauseMillis;

    /** @param progress is told how far it is, from 0 to 1 */
    Making(Sources sources, BackupConfig config, BackupSecrets kept, InstantSource clock, DoubleConsumer progress) {
        this.sources = sources;
        this.config = config;
        this.kept = kept;
        this.clock = clock;
        this.progress = progress;
        this.deadline = Deadline.in(config.patience());
    }

    /** @throws ProblemException where it cannot be made; then nothing is left of it */
    void run(Path place) throws IOException {
        BackupFolder folder = BackupFolder.make(place);
        try {
            Instant begunAt = clock.instant();
            copyJournal(folder);
            String schema = copyTablesAndTenants(folder);
            writeSecrets(folder);
            Manifest manifest = new Manifest(
                    Manifest.FORM,
                    sources.product(),
                    schema,
                    sources.copies().version(),
                    begunAt,
                    clock.instant(),
                    kept,
                    longestPauseMillis,
                    folder.parts());
            folder.finish(manifest, sources.secrets().masterKey());
        } finally {
            folder.discard();
        }
    }

    private void copyJournal(BackupFolder folder) throws IOException {
        Path journal = folder.part(Manifest.JOURNAL);
        JournalCopy.copy(sources.journal(), journal);
        folder.takeAll(journal);
    }

    private String copyTablesAndTenants(BackupFolder folder) throws IOException {
        List<TenantId> tenants;
        String schema;
        try (TableSnapshot tables = sources.tables().open()) {
            schema = tables.schemaVersion();
            tenants = tables.tenants();
            requireRoom(folder, tables.bytes(), tenants);
            for (String table : tables.tables()) {
                requireTime();
                folder.write(Manifest.TABLES + "/" + table + Manifest.TABLE_ENDING, out -> tables.copy(table, out));
            }
            done(tables.bytes());
        }
        for (TenantId tenant : tenants) {
            copyTenant(folder, tenant);
        }
        return schema;
    }

    private void requireRoom(BackupFolder folder, long tableBytes, List<TenantId> tenants) throws IOException {
        TenantCopies copies = sources.copies();
        expectedBytes = Math.max(
                1, tableBytes + tenants.stream().mapToLong(copies::bytes).sum());
        long needed = expectedBytes + config.spareBytes();
        if (folder.usableBytes() < needed) {
            throw new ProblemException(new Unprocessable(
                    Reason.INSUFFICIENT_CAPACITY,
                    List.of(),
                    "The disk of backup.folder has too little room: about %d MiB are needed, %d MiB are free."
                            .formatted(needed >> 20, folder.usableBytes() >> 20)));
        }
    }

    private void copyTenant(BackupFolder folder, TenantId tenant) throws IOException {
        requireTime();
        if (sources.copies().bytes(tenant) == 0) {
            return;
        }
        Path part = folder.part(Manifest.TENANTS + "/" + tenant.value());
        Copied copied = copied(tenant, part);
        longestPauseMillis = Math.max(longestPauseMillis, copied.paused().toMillis());
        done(folder.takeAll(part));
    }

    private Copied copied(TenantId tenant, Path part) {
        try {
            return sources.copies()
                    .copy(tenant, part, config.pauseMax())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ProblemException(new Problem.Unavailable("backup", "The server is stopping."));
        } catch (TimeoutException _) {
            throw tooLate();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ProblemException known ? known : new IllegalStateException(e.getCause());
        }
    }

    private void writeSecrets(BackupFolder folder) throws IOException {
        if (kept == BackupSecrets.SEALED) {
            byte[] sealed = SealedSecrets.close(sources.secrets().all(), config.passphrase());
            folder.write(Manifest.SECRETS, out -> out.write(sealed));
        }
    }

    private void done(long bytes) {
        doneBytes += bytes;
        progress.accept(Math.min(1, (double) doneBytes / expectedBytes));
    }

    private void requireTime() {
        if (deadline.remaining().isZero()) {
            throw tooLate();
        }
    }

    private static ProblemException tooLate() {
        return new ProblemException(
                new Problem.DeadlineExceeded("The backup took longer than backup.patience, and was given up."));
    }
}
