package dev.sextant.usage;

import dev.sextant.audit.log.AuditRecord;
import dev.sextant.audit.log.AuditRecord.Consumption;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Adds up what records say was used, within the transaction that puts them into the log: so the sums are the log's. */
public final class UsageMeter {

    private static final String ADD = """
            INSERT INTO usage AS u (tenant_id, hour, operation, actor, requests, errors, cost_units, events, bytes_out,
                socket_millis, elapsed)
            SELECT tenant_id, hour, operation, actor, requests, errors, cost_units, events, bytes_out, socket_millis,
                elapsed::bigint[]
            FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[],
                $8::bigint[], $9::bigint[], $10::bigint[], $11::text[])
                AS more (tenant_id, hour, operation, actor, requests, errors, cost_units, events, bytes_out, socket_millis,
                    elapsed)
            ON CONFLICT (tenant_id, hour, operation, actor) DO UPDATE SET
                requests = u.requests + excluded.requests, errors = u.errors + excluded.errors,
                cost_units = u.cost_units + excluded.cost_units, events = u.events + excluded.events,
                bytes_out = u.bytes_out + excluded.bytes_out, socket_millis = u.socket_millis + excluded.socket_millis,
                elapsed = usage_sum(u.elapsed, excluded.elapsed)""";

    /** What is added up together; in the order in which all transactions take their rows. */
    private record Row(String tenant, Instant hour, String operation, String actor) implements Comparable<Row> {

        static Row of(AuditRecord record) {
            return new Row(
                    record.tenant().value(),
                    Instant.ofEpochMilli(record.atMillis()).truncatedTo(ChronoUnit.HOURS),
                    record.call().operation(),
                    record.actor());
        }

        private List<String> parts() {
            return List.of(tenant, hour.toString(), operation, actor);
        }

        @Override
        public int compareTo(Row other) {
            return Arrays.compare(parts().toArray(String[]::new), other.parts().toArray(String[]::new));
        }
    }

    private static final class Sum {
        private long requests;
        private long errors;
        private long costUnits;
        private long events;
        private long bytesOut;
        private long socketMillis;
        private final long[] elapsed = new long[ElapsedBuckets.COUNT];

        void add(AuditRecord record) {
            Consumption used = record.used();
            requests += used.requests();
            errors += record.status() >= 400 || record.status() == 0 ? used.requests() : 0;
            costUnits += used.costUnits();
            events += used.events();
            bytesOut += used.bytesOut();
            socketMillis += used.socketMillis();
            if (record.kind().equals(AuditRecord.CALL)) {
                elapsed[ElapsedBuckets.bucket(used.elapsedMicros())]++;
            }
        }

        /** As PostgreSQL writes an array. */
        String elapsed() {
            return Arrays.toString(elapsed).replace('[', '{').replace(']', '}');
        }
    }

    private UsageMeter() {}

    /** Adds these records, each for the hour it is of. */
    public static Future<Void> add(SqlConnection transaction, List<AuditRecord> records) {
        if (records.isEmpty()) {
            return Future.succeededFuture();
        }
        Map<Row, Sum> sums = new TreeMap<>();
        records.forEach(
                record -> sums.computeIfAbsent(Row.of(record), _ -> new Sum()).add(record));
        Tuple values = Tuple.tuple()
                .addArrayOfString(texts(sums, Row::tenant))
                .addArrayOfOffsetDateTime(sums.keySet().stream()
                        .map(row -> row.hour().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfString(texts(sums, Row::operation))
                .addArrayOfString(texts(sums, Row::actor))
                .addArrayOfLong(numbers(sums, sum -> sum.requests))
                .addArrayOfLong(numbers(sums, sum -> sum.errors))
                .addArrayOfLong(numbers(sums, sum -> sum.costUnits))
                .addArrayOfLong(numbers(sums, sum -> sum.events))
                .addArrayOfLong(numbers(sums, sum -> sum.bytesOut))
                .addArrayOfLong(numbers(sums, sum -> sum.socketMillis))
                .addArrayOfString(sums.values().stream().map(Sum::elapsed).toArray(String[]::new));
        return transaction.preparedQuery(ADD).execute(values).mapEmpty();
    }

    private static String[] texts(Map<Row, Sum> sums, Function<Row, String> column) {
        return sums.keySet().stream().map(column).toArray(String[]::new);
    }

    private static Long[] numbers(Map<Row, Sum> sums, ToLongFunction<Sum> column) {
        return sums.values().stream().map(column::applyAsLong).toArray(Long[]::new);
    }
}
