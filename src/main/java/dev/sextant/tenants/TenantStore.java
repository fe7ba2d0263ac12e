package dev.sextant.tenants;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Changes;
import dev.sextant.store.PostgresFailure;
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
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of tenants, read and written within a transaction of {@code PlatformDb}. One whose time of purge has come is
 * gone already, for all who ask here but the purge.
 */
final class TenantStore {

    private static final String COLUMNS = "id, name, plan, status, version, created_at, purge_after";
    private static final String THERE = "(purge_after IS NULL OR purge_after > $1)";
    private static final String INSERT = "INSERT INTO tenant (id, name, plan) VALUES ($1, $2, $3) RETURNING " + COLUMNS;
    private static final String LIST = "SELECT " + COLUMNS + " FROM tenant WHERE " + THERE
            + " AND ($2::text IS NULL OR id > $2) AND ($3::text IS NULL OR name = $3) ORDER BY id LIMIT $4";
    private static final String GET = "SELECT " + COLUMNS + " FROM tenant WHERE " + THERE + " AND id = $2";
    private static final String UPDATE = """
            UPDATE tenant SET name = $2, plan = $3, status = $4, purge_after = $5, version = version + 1,
                suspended_at = CASE WHEN $4 = 'suspended' THEN coalesce(suspended_at, now()) END
            WHERE id = $1 RETURNING\s""" + COLUMNS;
    private static final String TO_PURGE =
            "SELECT 1 FROM tenant WHERE id = $1 AND status = 'suspended' AND purge_after <= $2";
    private static final String DELETE =
            "DELETE FROM tenant WHERE id = $1 AND status = 'suspended' AND purge_after <= $2";

    private TenantStore() {}

    /** Fails with {@code AlreadyExists} where the name is taken. */
    static Future<Tenant> insert(SqlConnection transaction, TenantId id, String name, Tenant.Plan plan) {
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.of(id.value(), name, text(plan)))
                .recover(TenantStore::nameTaken)
                .map(TenantStore::first)
                .compose(made -> recorded(transaction, made));
    }

    static Future<List<Tenant>> list(SqlConnection transaction, ListTenants question, int rowsMax, Instant now) {
        return transaction
                .preparedQuery(LIST)
                .execute(Tuple.of(utc(now), question.after(), question.name(), rowsMax))
                .map(TenantStore::all);
    }

    static Future<Optional<Tenant>> find(SqlConnection transaction, String id, Instant now) {
        return transaction
                .preparedQuery(GET)
                .execute(Tuple.of(utc(now), id))
                .map(rows -> all(rows).stream().findFirst());
    }

    /** As {@link #find}; nobody else changes it until the transaction ends. */
    static Future<Optional<Tenant>> hold(SqlConnection transaction, String id, Instant now) {
        return transaction
                .preparedQuery(GET + " FOR UPDATE")
                .execute(Tuple.of(utc(now), id))
                .map(rows -> all(rows).stream().findFirst());
    }

    /** Writes all but the version, which grows by one. Fails with {@code AlreadyExists} where the name is taken. */
    static Future<Tenant> update(SqlConnection transaction, Tenant changed) {
        Tuple values = Tuple.of(
                changed.id(), changed.name(), text(changed.plan()), text(changed.status()), utc(changed.purgeAfter()));
        return transaction
                .preparedQuery(UPDATE)
                .execute(values)
                .recover(TenantStore::nameTaken)
                .map(TenantStore::first)
                .compose(written -> recorded(transaction, written));
    }

    static Future<Boolean> isToPurge(SqlConnection transaction, TenantId id, Instant now) {
        return transaction
                .preparedQuery(TO_PURGE)
                .execute(Tuple.of(id.value(), utc(now)))
                .map(rows -> rows.size() == 1);
    }

    /** Deletes the tenant with all its rows, if its time has come. */
    static Future<Void> delete(SqlConnection transaction, TenantId id, Instant now) {
        return transaction
                .preparedQuery(DELETE)
                .execute(Tuple.of(id.value(), utc(now)))
                .compose(_ -> Changes.record(transaction, id, "tenant:" + id));
    }

    private static Future<Tenant> recorded(SqlConnection transaction, Tenant tenant) {
        return Changes.record(transaction, tenant.tenantId(), "tenant:" + tenant.id())
                .map(tenant);
    }

    private static <T> Future<T> nameTaken(Throwable failure) {
        return PostgresFailure.isDuplicate(failure)
                ? ProblemException.failed(new Problem.AlreadyExists("There is a tenant of this name already."))
                : Future.failedFuture(failure);
    }

    private static Tenant first(RowSet<Row> rows) {
        return read(rows.iterator().next());
    }

    private static List<Tenant> all(RowSet<Row> rows) {
        List<Tenant> tenants = new ArrayList<>(rows.size());
        rows.forEach(row -> tenants.add(read(row)));
        return tenants;
    }

    private static Tenant read(Row row) {
        OffsetDateTime purgeAfter = row.getOffsetDateTime("purge_after");
        return new Tenant(
                row.getString("id"),
                row.getString("name"),
                Tenant.Plan.valueOf(row.getString("plan").toUpperCase(Locale.ROOT)),
                Tenant.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                purgeAfter == null ? null : purgeAfter.toInstant());
    }

    private static String text(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
