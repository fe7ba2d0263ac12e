package dev.sextant.engine.duckdb;

import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code engine.duckdb:} in the configuration file.
 *
 * @param folder holds {@code tenants/<tenant id>/events.duckdb}
 */
public record DuckDbConfig(
        Path folder, Tenants tenants, Queries queries, Streams streams, Appends appends, Dedupe dedupe) {

    /**
     * What each open tenant may use, and how many are open.
     *
     * @param idleAfter a tenant that nobody asked for this long is closed; the next call opens it again
     * @param threads of one tenant's instance; a query may use them all
     * @param memoryBytesMax what one tenant's data and queries may take outside the heap
     * @param tempBytesMax what its queries may write to disk when memory is short
     */
    public record Tenants(int openMax, Duration idleAfter, int threads, long memoryBytesMax, long tempBytesMax) {
        public Tenants {
            check(openMax >= 1, "tenants.open_max must be 1 or more");
            check(idleAfter.toMillis() >= 100, "tenants.idle_after must be 100 ms or more");
            check(threads >= 1 && threads <= 256, "tenants.threads must be 1 to 256");
            check(memoryBytesMax >= 32 * MEBIBYTE, "tenants.memory_bytes_max must be 32 MiB or more");
            check(tempBytesMax >= 0, "tenants.temp_bytes_max must be 0 or more");
        }
    }

    /**
     * How many plans run and wait.
     *
     * @param threads plans that run at once, of all tenants
     * @param runningPerTenantMax of these, for one tenant: it cannot hold them all
     * @param queuedFor a plan that found no turn for this long is refused
     * @param resultBytesMax the text that one plan may yield
     */
    public record Queries(
            int threads,
            int runningPerTenantMax,
            int queuedMax,
            int queuedPerTenantMax,
            Duration queuedFor,
            long resultBytesMax) {
        public Queries {
            check(threads >= 1 && threads <= 1024, "queries.threads must be 1 to 1024");
            check(
                    runningPerTenantMax >= 1 && (runningPerTenantMax < threads || threads == 1),
                    "queries.running_per_tenant_max must be 1 or more, and less than queries.threads");
            check(
                    queuedPerTenantMax >= 1 && queuedPerTenantMax <= queuedMax,
                    "queries.queued_per_tenant_max must be 1 to queries.queued_max");
            check(queuedFor.toMillis() >= 1, "queries.queued_for must be 1 ms or more");
            check(resultBytesMax >= 1, "queries.result_bytes_max must be 1 or more");
        }
    }

    /**
     * Results that are read bit by bit. Until its last row is read, one takes memory or disk of its tenant's.
     *
     * @param openMax of all tenants
     * @param idleAfter one whose reader asked for nothing this long is ended
     * @param batchRowsMax rows that are in memory at once, of each
     * @param batchBytesMax and no more text in them than this, but for the last row
     * @param filesMax files of rows that are written or read at once, of all tenants
     */
    public record Streams(
            int openMax, int openPerTenantMax, Duration idleAfter, int batchRowsMax, long batchBytesMax, int filesMax) {
        public Streams {
            check(
                    openPerTenantMax >= 1 && openPerTenantMax <= openMax,
                    "streams.open_per_tenant_max must be 1 to streams.open_max");
            check(idleAfter.toMillis() >= 1, "streams.idle_after must be 1 ms or more");
            check(batchRowsMax >= 1 && batchRowsMax <= 100_000, "streams.batch_rows_max must be 1 to 100000");
            check(batchBytesMax >= 1, "streams.batch_bytes_max must be 1 or more");
            check(filesMax >= 1, "streams.files_max must be 1 or more");
        }
    }

    /**
     * How many events wait to be stored.
     *
     * @param threads tenants that are written at once
     * @param queuedBytesMax what may wait in all, by the size of its text; a single batch is taken whatever its size
     * @param groupRowsMax batches that wait are stored in one commit, up to this many events
     */
    public record Appends(int threads, long queuedBytesMax, long queuedBytesPerTenantMax, int groupRowsMax) {
        public Appends {
            check(threads >= 1 && threads <= 256, "appends.threads must be 1 to 256");
            check(
                    queuedBytesPerTenantMax >= 1 && queuedBytesPerTenantMax <= queuedBytesMax,
                    "appends.queued_bytes_per_tenant_max must be 1 to appends.queued_bytes_max");
            check(groupRowsMax >= 1, "appends.group_rows_max must be 1 or more");
        }
    }

    /**
     * How duplicates are found.
     *
     * @param window an id is refused for this long after it was taken
     * @param filterBytesMax heap for the filters over ids, of all tenants (4 bytes for each id in the window); beyond it,
     *     duplicates are still found, but more slowly
     */
    public record Dedupe(Duration window, long filterBytesMax) {
        public Dedupe {
            check(!window.isNegative() && !window.isZero(), "dedupe.window must be more than 0");
            check(filterBytesMax >= 0, "dedupe.filter_bytes_max must be 0 or more");
        }
    }

    private static final long MEBIBYTE = 1L << 20;

    public static final DuckDbConfig DEFAULT = new DuckDbConfig(
            Path.of("data"),
            new Tenants(64, Duration.ofMinutes(10), 2, 512 * MEBIBYTE, 4096 * MEBIBYTE),
            new Queries(4, 3, 1_000, 200, Duration.ofSeconds(5), 64 * MEBIBYTE),
            new Streams(32, 4, Duration.ofSeconds(30), 4096, MEBIBYTE, 4),
            new Appends(2, 64 * MEBIBYTE, 32 * MEBIBYTE, 20_000),
            new Dedupe(Duration.ofDays(7), 128 * MEBIBYTE));

    /** The same, in another folder. */
    public DuckDbConfig in(Path other) {
        return new DuckDbConfig(other, tenants, queries, streams, appends, dedupe);
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("engine.duckdb." + rule);
        }
    }
}
