package dev.sextant.engine.duckdb;

import dev.sextant.engine.RowFiles;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Has DuckDB write Parquet, each file by an instance of its own that ends with it. No tenant's instance may write files,
 * and none sees the rows of another: an instance in memory that sees one scratch folder is neither.
 */
final class ParquetFiles implements RowFiles {

    /** What blocks. */
    @FunctionalInterface
    private interface Work<T extends @Nullable Object> {
        T run() throws IOException, SQLException;
    }

    /** For the log: these files are nobody's. */
    private static final TenantId NO_TENANT = new TenantId("ten_none");

    private final Path scratch;
    private final EngineFailure failures;
    private final Semaphore places;
    private final ExecutorService threads;

    /**
     * @param scratch a folder for what is being written
     * @param openMax files that are being written or read at once
     */
    ParquetFiles(Path scratch, int openMax) {
        this.scratch = scratch;
        this.failures = new EngineFailure(ParquetFile.MEMORY_BYTES_MAX);
        this.places = new Semaphore(openMax);
        this.threads = Executors.newFixedThreadPool(
                Math.min(2, openMax),
                Thread.ofPlatform().name("duckdb-parquet-", 0).daemon().factory());
    }

    /** Deletes what was left from before. Blocks. */
    void empty() throws IOException {
        new Trash(scratch).empty();
        Files.createDirectories(scratch);
    }

    @Override
    public Future<RowFile> parquet(List<Table.Column> columns) {
        if (!places.tryAcquire()) {
            return ProblemException.failed(
                    new Problem.Overloaded(1, "Too many files are being written; try again shortly."));
        }
        return call(() -> ParquetFile.open(scratch, columns))
                .<RowFile>map(Open::new)
                .onFailure(_ -> places.release());
    }

    private <T extends @Nullable Object> Future<T> call(Work<T> work) {
        Promise<T> promise = Promise.promise();
        threads.execute(() -> {
            try {
                promise.complete(work.run());
            } catch (IOException | SQLException | RuntimeException e) {
                promise.fail(failures.of(NO_TENANT, e));
            }
        });
        return promise.future();
    }

    void close() {
        threads.close();
    }

    private final class Open implements RowFile {
        private final ParquetFile file;
        private boolean closed;

        Open(ParquetFile file) {
            this.file = file;
        }

        @Override
        public Future<Void> append(List<List<@Nullable Object>> rows) {
            return call(() -> {
                        file.append(rows);
                        return rows;
                    })
                    .mapEmpty();
        }

        @Override
        public Future<Long> finish() {
            return call(file::finish);
        }

        @Override
        public Future<Buffer> read() {
            return call(file::read);
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                threads.execute(this::delete);
            }
        }

        private void delete() {
            try {
                file.close();
            } catch (IOException | SQLException | RuntimeException e) {
                failures.of(NO_TENANT, e); // it is logged: nobody waits for this
            } finally {
                places.release();
            }
        }
    }
}
