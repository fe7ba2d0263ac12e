package dev.sextant.limits;

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
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The table {@code tenant_limits}, within a transaction that has named its tenant. */
final class LimitsStore {

    /** The subject of a change of limits, with the version after it. */
    static final String SUBJECT = "limits:";

    private static final String READ = """
            SELECT t.plan, l.document, l.version, l.updated_at
            FROM tenant t LEFT JOIN tenant_limits l ON l.tenant_id = t.id WHERE t.id = $1""";
    private static final String HOLD = "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('limits:' || $1, 0))";
    private static final String WRITE = """
            INSERT INTO tenant_limits (tenant_id, document, version, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant_id) DO UPDATE SET document = excluded.document, version = excluded.version,
                updated_at = excluded.updated_at, updated_by = excluded.updated_by""";

    private static final String KEYS = "SELECT id FROM api_key WHERE tenant_id = $1 AND id = ANY ($2)";

    private LimitsStore() {}

    /** Empty where there is no such tenant. */
    static Future<Optional<Kept>> find(SqlConnection transaction, TenantId tenant) {
        return transaction.preparedQuery(READ).execute(Tuple.of(tenant.value())).map(LimitsStore::first);
    }

    /** The same; nobody else changes them until the transaction ends. */
    static Future<Optional<Kept>> hold(SqlConnection transaction, TenantId tenant) {
        return transaction
                .preparedQuery(HOLD)
                .execute(Tuple.of(tenant.value()))
                .compose(_ -> find(transaction, tenant));
    }

    /** Those of the keys with limits of their own that the tenant has, or had. */
    static Future<Set<String>> keys(SqlConnection transaction, TenantId tenant, Limits limits) {
        String[] wanted = limits.ofKeys().stream().map(Limits.KeyLimits::apiKey).toArray(String[]::new);
        if (wanted.length == 0) {
            return Future.succeededFuture(Set.of());
        }
        return transaction
                .preparedQuery(KEYS)
                .execute(Tuple.of(tenant.value()).addArrayOfString(wanted))
                .map(rows -> {
                    Set<String> known = new HashSet<>();
                    rows.forEach(row -> known.add(row.getString("id")));
                    return known;
                });
    }

    static Future<Kept> write(SqlConnection transaction, TenantId tenant, Kept changed, String actor) {
        Instant at = changed.updatedAt() == null ? Instant.EPOCH : changed.updatedAt();
        Tuple values = Tuple.of(
                tenant.value(),
                new String(Json.write(changed.own()), StandardCharsets.UTF_8),
                changed.version(),
                at.atOffset(ZoneOffset.UTC),
                actor);
        return transaction
                .preparedQuery(WRITE)
                .execute(values)
                .compose(_ -> Changes.record(transaction, tenant, SUBJECT + changed.version()))
                .map(changed);
    }

    private static Optional<Kept> first(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(read(rows.iterator().next()));
    }

    private static Kept read(Row row) {
        String document = row.getString("document");
        OffsetDateTime updatedAt = row.getOffsetDateTime("updated_at");
        return document == null || updatedAt == null
                ? new Kept(row.getString("plan"), Limits.NONE, 0, null)
                : new Kept(
                        row.getString("plan"),
                        Json.read(document.getBytes(StandardCharsets.UTF_8), Limits.class),
                        row.getInteger("version"),
                        updatedAt.toInstant());
    }
}
