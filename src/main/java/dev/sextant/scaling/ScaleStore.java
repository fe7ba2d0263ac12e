package dev.sextant.scaling;

import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Changes;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code tenant_scale}, within a transaction of {@code PlatformDb}. */
final class ScaleStore {

    static final String SUBJECT = "scale:";

    private static final String COLUMNS = "tenant_id, target, version, operation_id, before, until, reason, updated_at";
    private static final String HOLD_TENANT = "SELECT 1 FROM tenant WHERE id = $1 AND status = 'active' FOR UPDATE";
    private static final String WRITE = """
            INSERT INTO tenant_scale (tenant_id, target, version, operation_id, before, until, reason, updated_at, updated_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (tenant_id) DO UPDATE SET target = excluded.target, version = excluded.version,
                operation_id = excluded.operation_id, before = excluded.before, until = excluded.until,
                reason = excluded.reason, updated_at = excluded.updated_at, updated_by = excluded.updated_by""";

    private ScaleStore() {}

    /** Nobody else changes the tenant until the transaction ends; false where there is no such tenant. */
    static Future<Boolean> holdTenant(SqlConnection transaction, TenantId tenant) {
        return transaction
                .preparedQuery(HOLD_TENANT)
                .execute(Tuple.of(tenant.value()))
                .map(rows -> rows.size() == 1);
    }

    static Future<Optional<Scaled>> find(SqlConnection transaction, TenantId tenant) {
        return transaction
                .preparedQuery("SELECT " + COLUMNS + " FROM tenant_scale WHERE tenant_id = $1")
                .execute(Tuple.of(tenant.value()))
                .map(rows -> Optional.ofNullable(all(rows).get(tenant)));
    }

    static Future<Map<TenantId, Scaled>> all(SqlConnection transaction) {
        return transaction
                .preparedQuery("SELECT " + COLUMNS + " FROM tenant_scale")
                .execute()
                .map(ScaleStore::all);
    }

    /** The tenant that an operation scaled, if it was the last one to do so. */
    static Future<Optional<TenantId>> tenantOf(SqlConnection transaction, String operationId) {
        return transaction
                .preparedQuery("SELECT tenant_id FROM tenant_scale WHERE operation_id = $1")
                .execute(Tuple.of(operationId))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(new TenantId(rows.iterator().next().getString("tenant_id"))));
    }

    static Future<Void> write(SqlConnection transaction, TenantId tenant, Scaled scaled, String actor) {
        Tuple values = Tuple.of(tenant.value(), text(scaled.target()), scaled.version(), scaled.operationId())
                .addString(text(scaled.before()))
                .addOffsetDateTime(utc(scaled.until()))
                .addString(scaled.reason())
                .addOffsetDateTime(utc(scaled.updatedAt()))
                .addString(actor);
        return transaction
                .preparedQuery(WRITE)
                .execute(values)
                .compose(_ -> Changes.record(transaction, tenant, SUBJECT + scaled.version()));
    }

    private static Map<TenantId, Scaled> all(RowSet<Row> rows) {
        Map<TenantId, Scaled> tenantToScaled = new HashMap<>();
        rows.forEach(row -> tenantToScaled.put(new TenantId(row.getString("tenant_id")), read(row)));
        return tenantToScaled;
    }

    private static Scaled read(Row row) {
        OffsetDateTime until = row.getOffsetDateTime("until");
        return new Scaled(
                target(row.getString("target")),
                row.getInteger("version"),
                row.getString("operation_id"),
                target(row.getString("before")),
                until == null ? null : until.toInstant(),
                row.getString("reason"),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static Target target(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), Target.class);
    }

    private static String text(Target target) {
        return new String(Json.write(target), StandardCharsets.UTF_8);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
