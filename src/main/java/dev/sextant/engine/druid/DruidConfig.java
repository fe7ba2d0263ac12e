package dev.sextant.engine.druid;

import dev.sextant.kernel.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/**
 * {@code engine.druid:} in the configuration file.
 *
 * @param folder where this node keeps which ids it has seen (what is lost there is read again from Kafka), and its spool
 */
public record DruidConfig(
        Path folder,
        Kafka kafka,
        Servers servers,
        Datasources datasources,
        Queries queries,
        Freshness freshness,
        Dedupe dedupe) {

    /**
     * What events come in through.
     *
     * @param bootstrap addresses of brokers, {@code host:port}, with commas between them
     * @param replication of each topic
     * @param patience for how long a batch is tried; it is refused when nobody answered until then
     * @param stall when the oldest batch has waited this long, Kafka counts as away: what waits is refused, and what comes
     * @param inFlightBytesMax batches that are being sent, in all
     * @param batchBytesMax the largest batch, as it is written; Kafka itself takes 100 MiB at most by default
     * @param retention for how long what was read is kept; Druid may be away for less than this
     * @param spoolBytesMax batches that wait on the disk of this node while Kafka is away, in all; 0: they are refused
     */
    public record Kafka(
            String bootstrap,
            int replication,
            Duration patience,
            Duration stall,
            long inFlightBytesMax,
            int batchBytesMax,
            Duration retention,
            long spoolBytesMax) {
        public Kafka {
            check(!addresses(bootstrap).isEmpty(), "kafka.bootstrap must name a broker, as host:port");
            check(replication >= 1 && replication <= 9, "kafka.replication must be 1 to 9");
            check(patience.toMillis() >= 1000, "kafka.patience must be 1s or more");
            check(
                    stall.toMillis() >= 100 && stall.compareTo(patience) <= 0,
                    "kafka.stall must be 100ms or more, and not more than kafka.patience");
            check(batchBytesMax >= MEBIBYTE, "kafka.batch_bytes_max must be 1 MiB or more");
            check(inFlightBytesMax >= batchBytesMax, "kafka.in_flight_bytes_max must be kafka.batch_bytes_max or more");
            check(retention.toHours() >= 1, "kafka.retention must be 1h or more");
            check(spoolBytesMax >= 0, "kafka.spool_bytes_max must be 0 or more");
        }
    }

    /**
     * Where Druid is.
     *
     * @param brokers which answer SQL: {@code http://host:port}, with commas between them
     * @param overlord which runs the tasks that read events
     * @param connectionsMax to each server
     * @param failuresMax of a broker, one after the other, before it is left alone for {@code pause}
     */
    public record Servers(
            String brokers,
            String overlord,
            int connectionsMax,
            Duration connectPatience,
            int failuresMax,
            Duration pause) {
        public Servers {
            check(!addresses(brokers).isEmpty(), "servers.brokers must name a broker, as http://host:port");
            check(addresses(overlord).size() == 1, "servers.overlord must be one address, as http://host:port");
            check(connectionsMax >= 1 && connectionsMax <= 1024, "servers.connections_max must be 1 to 1024");
            check(connectPatience.toMillis() >= 10, "servers.connect_patience must be 10ms or more");
            check(failuresMax >= 1, "servers.failures_max must be 1 or more");
            check(pause.toMillis() >= 10, "servers.pause must be 10ms or more");
        }
    }

    /**
     * Where events are kept.
     *
     * @param pool the datasource of all tenants who have none of their own: {@code [a-z][a-z0-9_]{0,62}}
     * @param dedicated tenants with a datasource of their own, with commas between them
     * @param segments the time that a segment covers: {@code HOUR}, {@code DAY} or {@code MONTH}
     * @param taskDuration after which a task hands its segments over, and another goes on
     * @param deletionsMax of one dataset, that Druid's segments do not know of yet
     * @param removalPeriod how often what was deleted is taken a step further out of the segments
     */
    public record Datasources(
            String pool,
            String dedicated,
            Span segments,
            Duration taskDuration,
            Duration definePatience,
            int deletionsMax,
            Duration removalPeriod) {

        /** How long the time is that a segment covers. */
        public enum Span {
            HOUR,
            DAY,
            MONTH;

            /** ISO 8601. */
            String iso() {
                return switch (this) {
                    case HOUR -> "PT1H";
                    case DAY -> "P1D";
                    case MONTH -> "P1M";
                };
            }

            /** When the one after it begins. */
            Instant after(Instant begin) {
                ChronoUnit unit = switch (this) {
                    case HOUR -> ChronoUnit.HOURS;
                    case DAY -> ChronoUnit.DAYS;
                    case MONTH -> ChronoUnit.MONTHS;
                };
                return begin.atOffset(ZoneOffset.UTC).plus(1, unit).toInstant();
            }
        }

        public Datasources {
            check(pool.matches("[a-z][a-z0-9_]{0,62}"), "datasources.pool must be [a-z][a-z0-9_]{0,62}");
            check(
                    addresses(dedicated).stream().allMatch(TenantId::isValid),
                    "datasources.dedicated must be ids of tenants");
            check(taskDuration.toMinutes() >= 1, "datasources.task_duration must be 1m or more");
            check(definePatience.toMillis() >= 1000, "datasources.define_patience must be 1s or more");
            check(deletionsMax >= 1 && deletionsMax <= 1000, "datasources.deletions_max must be 1 to 1000");
            check(removalPeriod.toMillis() >= 1000, "datasources.removal_period must be 1s or more");
        }
    }

    /**
     * How many plans run and wait.
     *
     * @param runningMax plans that this node has running in Druid at once, of all tenants; fewer when Druid becomes slow
     * @param queuedFor a plan that found no turn for this long is refused
     * @param resultBytesMax the text that one plan may yield
     * @param subqueryRowsMax rows that Druid may hold of a query within a query
     * @param lane of Druid's that queries go to; none where it is empty
     */
    public record Queries(
            int runningMax,
            int runningPerTenantMax,
            int queuedMax,
            int queuedPerTenantMax,
            Duration queuedFor,
            long resultBytesMax,
            int subqueryRowsMax,
            String lane) {
        public Queries {
            check(runningMax >= 1 && runningMax <= 1024, "queries.running_max must be 1 to 1024");
            check(
                    runningPerTenantMax >= 1 && (runningPerTenantMax < runningMax || runningMax == 1),
                    "queries.running_per_tenant_max must be 1 or more, and less than queries.running_max");
            check(
                    queuedPerTenantMax >= 1 && queuedPerTenantMax <= queuedMax,
                    "queries.queued_per_tenant_max must be 1 to queries.queued_max");
            check(queuedFor.toMillis() >= 1, "queries.queued_for must be 1ms or more");
            check(resultBytesMax >= 1, "queries.result_bytes_max must be 1 or more");
            check(subqueryRowsMax >= 1000, "queries.subquery_rows_max must be 1000 or more");
        }
    }

    /**
     * How soon what was accepted is seen.
     *
     * @param settle for how long events that arrive are put together before they are handed on
     * @param poll how often Druid is asked how far it is while something is on its way
     * @param idlePoll the same while nothing is
     */
    public record Freshness(Duration settle, Duration poll, Duration idlePoll) {
        public Freshness {
            check(settle.toMillis() >= 1 && settle.toMillis() <= 10_000, "freshness.settle must be 1ms to 10s");
            check(poll.toMillis() >= 5 && poll.toMillis() <= 10_000, "freshness.poll must be 5ms to 10s");
            check(
                    idlePoll.compareTo(poll) >= 0 && idlePoll.toMillis() <= 60_000,
                    "freshness.idle_poll must be freshness.poll to 1m");
        }
    }

    /**
     * How duplicates are found.
     *
     * @param window an id is refused for this long after it was taken
     * @param sequence whether this node takes part in finding them; one at least must
     */
    public record Dedupe(Duration window, boolean sequence) {
        public Dedupe {
            check(!window.isNegative() && !window.isZero(), "dedupe.window must be more than 0");
        }
    }

    private static final int MEBIBYTE = 1 << 20;

    public static final DruidConfig DEFAULT = new DruidConfig(
            Path.of("data"),
            new Kafka(
                    "localhost:9092",
                    1,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    128L * MEBIBYTE,
                    64 * MEBIBYTE,
                    Duration.ofDays(7),
                    0),
            new Servers(
                    "http://localhost:8082",
                    "http://localhost:8081",
                    32,
                    Duration.ofSeconds(1),
                    3,
                    Duration.ofSeconds(1)),
            new Datasources(
                    "sextant_pool",
                    "",
                    Datasources.Span.DAY,
                    Duration.ofHours(1),
                    Duration.ofSeconds(60),
                    100,
                    Duration.ofMinutes(10)),
            new Queries(16, 8, 1_000, 200, Duration.ofSeconds(5), 64L * MEBIBYTE, 500_000, ""),
            new Freshness(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(500)),
            new Dedupe(Duration.ofDays(7), true));

    /** The same, in another folder. */
    public DruidConfig in(Path other) {
        return new DruidConfig(other, kafka, servers, datasources, queries, freshness, dedupe);
    }

    /** What stands between commas. */
    static List<String> addresses(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList();
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("engine.druid." + rule);
        }
    }
}
