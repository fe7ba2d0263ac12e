package dev.sextant.usage;

import dev.sextant.kernel.TenantId;
import dev.sextant.usage.UsageReport.Group;
import dev.sextant.usage.UsageReport.GroupKey;
import dev.sextant.usage.UsageReport.Step;
import dev.sextant.usage.UsageReport.Totals;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads what was added up, within a transaction of the tenant. */
final class UsageStore {

    private static final int GROUPS_MAX = 1000;

    private static final String SUMS = """
            coalesce(sum(requests), 0)::bigint AS requests, coalesce(sum(errors), 0)::bigint AS errors,
            coalesce(sum(cost_units), 0)::bigint AS cost_units, coalesce(sum(events), 0)::bigint AS events,
            coalesce(sum(bytes_out), 0)::bigint AS bytes_out, coalesce(sum(socket_millis), 0)::bigint AS socket_millis""";
    private static final String FROM = " FROM usage WHERE tenant_id = $1 AND hour >= $2 AND hour < $3";

    private static final String TOTALS = "SELECT " + SUMS + FROM;
    private static final String SERIES =
            "SELECT date_trunc($4, hour, 'UTC') AS at, " + SUMS + FROM + " GROUP BY 1 ORDER BY 1";
    private static final String GROUPS = "SELECT CASE WHEN $4 THEN operation END AS operation,"
            + " CASE WHEN $5 THEN actor END AS actor, " + SUMS + ", usage_total(elapsed) AS elapsed" + FROM
            + " GROUP BY 1, 2 ORDER BY requests DESC, 1, 2 LIMIT " + GROUPS_MAX;

    /** In one statement, so that nothing comes in between. */
    private static final String RECONCILED = """
            SELECT (SELECT coalesce(sum(requests), 0)::bigint FROM audit_record
                    WHERE tenant_id = $1 AND at_millis >= $4 AND at_millis < $5) AS logged,
                   (SELECT coalesce(sum(requests), 0)::bigint FROM usage
                    WHERE tenant_id = $1 AND hour >= $2 AND hour < $3) AS metered""";

    private static final String EXISTS = "SELECT 1 FROM tenant WHERE id = $1";
    private static final String FIRST = "SELECT min(hour) AS first FROM usage WHERE tenant_id = $1";

    /** The log's count, and the meter's, of one moment. */
    record Counts(long logged, long metered) {}

    private UsageStore() {}

    static Future<Boolean> exists(SqlConnection connection, TenantId tenant) {
        return connection
                .preparedQuery(EXISTS)
                .execute(Tuple.of(tenant.value()))
                .map(rows -> rows.size() == 1);
    }

    static Future<Totals> totals(SqlConnection connection, TenantId tenant, UsagePeriod period) {
        return connection
                .preparedQuery(TOTALS)
                .execute(values(tenant, period))
                .map(rows -> totals(rows.iterator().next()));
    }

    static Future<List<Step>> series(
            SqlConnection connection, TenantId tenant, UsagePeriod period, String granularity) {
        return connection
                .preparedQuery(SERIES)
                .execute(values(tenant, period).addString(granularity))
                .map(rows ->
                        all(rows, row -> new Step(row.getOffsetDateTime("at").toInstant(), totals(row))));
    }

    static Future<List<Group>> groups(
            SqlConnection connection, TenantId tenant, UsagePeriod period, List<String> groupBy) {
        Tuple values = values(tenant, period)
                .addBoolean(groupBy.contains("operation"))
                .addBoolean(groupBy.contains("api_key"));
        return connection.preparedQuery(GROUPS).execute(values).map(rows -> all(rows, UsageStore::group));
    }

    static Future<Counts> counts(SqlConnection connection, TenantId tenant, UsagePeriod period) {
        Tuple values = values(tenant, period)
                .addLong(period.from().toEpochMilli())
                .addLong(period.to().toEpochMilli());
        return connection.preparedQuery(RECONCILED).execute(values).map(rows -> {
            Row row = rows.iterator().next();
            return new Counts(row.getLong("logged"), row.getLong("metered"));
        });
    }

    /** The first hour with usage; {@code now} where there is none. */
    static Future<Instant> first(SqlConnection connection, TenantId tenant, Instant now) {
        return connection.preparedQuery(FIRST).execute(Tuple.of(tenant.value())).map(rows -> {
            OffsetDateTime first = rows.iterator().next().getOffsetDateTime("first");
            return first == null ? now : first.toInstant();
        });
    }

    private static Tuple values(TenantId tenant, UsagePeriod period) {
        return Tuple.of(
                tenant.value(),
                period.from().atOffset(ZoneOffset.UTC),
                period.to().atOffset(ZoneOffset.UTC));
    }

    private static Group group(Row row) {
        return new Group(
                new GroupKey(row.getString("operation"), row.getString("actor")),
                totals(row),
                ElapsedBuckets.quantileMillis(row.getArrayOfLongs("elapsed"), 0.99));
    }

    private static Totals totals(Row row) {
        return new Totals(
                row.getLong("requests"),
                row.getLong("errors"),
                row.getLong("cost_units"),
                row.getLong("events"),
                row.getLong("bytes_out"),
                Math.round(row.getLong("socket_millis") / 600.0) / 100.0);
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(read.apply(row)));
        return all;
    }
}
