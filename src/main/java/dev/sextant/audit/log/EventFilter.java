package dev.sextant.audit.log;

import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the records that {@link ListAuditEvents} asks for. */
final class EventFilter {

    private static final String FIND = RecordColumns.SELECT + " " + """
            AND ($2::bigint IS NULL OR r.leaf_index < $2)
            AND ($3::text IS NULL OR r.operation = $3)
            AND ($4::text IS NULL OR r.actor = $4)
            AND ($5::text IS NULL OR r.resource = $5)
            AND ($6::text IS NULL OR r.request_id = $6)
            AND ($7::bigint IS NULL OR r.status = $7)
            AND ($8::bigint IS NULL OR r.at_millis >= $8)
            AND ($9::bigint IS NULL OR r.at_millis < $9)
            ORDER BY r.leaf_index DESC LIMIT $10""";

    private EventFilter() {}

    /** Up to one more than asked for. */
    static Future<List<StoredRecord>> find(SqlConnection connection, TenantId tenant, ListAuditEvents wish) {
        Tuple values = Tuple.of(tenant.value())
                .addLong(wish.below())
                .addString(wish.operation())
                .addString(wish.actor())
                .addString(wish.resource())
                .addString(wish.requestId())
                .addLong(wish.status())
                .addLong(millis(wish.from()))
                .addLong(millis(wish.to()))
                .addInteger(wish.limit() + 1);
        return connection.preparedQuery(FIND).execute(values).map(rows -> LogStore.all(rows, RecordColumns::read));
    }

    static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
