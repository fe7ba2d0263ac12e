package dev.sextant.security.settings;

import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Changes;
import dev.sextant.store.PlatformDb;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Keeps the settings in PostgreSQL, a row for each tenant that has some. */
final class SettingsStore {

    /** What the change feed calls a change of settings. */
    static final String SUBJECT = "security_settings";

    private static final String GET = "SELECT tenant_id, document, version, updated_at FROM tenant_security";
    private static final String HOLD = GET + " WHERE tenant_id = $1 FOR UPDATE";
    private static final String PUT = """
            INSERT INTO tenant_security AS present (tenant_id, document) VALUES ($1, $2)
            ON CONFLICT (tenant_id) DO UPDATE SET document = $2, version = present.version + 1, updated_at = now()
            RETURNING tenant_id, document, version, updated_at""";

    /** What of the settings is in the document; the rest has columns. */
    private record Document(
            List<String> allowedOrigins,
            List<SecuritySettings.KeyRule> keyRules,
            SecuritySettings.Signatures signatures,
            SecuritySettings.Encryption encryption) {}

    private final TenantDb tenants;
    private final PlatformDb platform;

    SettingsStore(TenantDb tenants, PlatformDb platform) {
        this.tenants = tenants;
        this.platform = platform;
    }

    Future<SecuritySettings> get(TenantId tenant) {
        return tenants.inTransaction(
                        tenant, transaction -> transaction.query(GET).execute().map(SettingsStore::all))
                .map(all -> all.getOrDefault(tenant, SecuritySettings.NONE));
    }

    /** @param change may refuse what is there; called within the transaction */
    Future<SecuritySettings> replace(TenantId tenant, UnaryOperator<SecuritySettings> change) {
        return tenants.inTransaction(
                tenant,
                transaction -> transaction
                        .preparedQuery(HOLD)
                        .execute(Tuple.of(tenant.value()))
                        .map(rows -> all(rows).getOrDefault(tenant, SecuritySettings.NONE))
                        .map(change)
                        .compose(wanted -> put(transaction, tenant, wanted)));
    }

    /** Those of all tenants that have some. */
    Future<Map<TenantId, SecuritySettings>> all() {
        return platform.inTransaction(
                transaction -> transaction.query(GET).execute().map(SettingsStore::all));
    }

    private static Future<SecuritySettings> put(SqlConnection transaction, TenantId tenant, SecuritySettings wanted) {
        Document document =
                new Document(wanted.allowedOrigins(), wanted.keyRules(), wanted.signatures(), wanted.encryption());
        String json = new String(Json.write(document), StandardCharsets.UTF_8);
        return transaction
                .preparedQuery(PUT)
                .execute(Tuple.of(tenant.value(), new JsonObject(json)))
                .map(rows -> read(rows.iterator().next()))
                .compose(written -> Changes.record(transaction, tenant, SUBJECT).map(written));
    }

    private static Map<TenantId, SecuritySettings> all(RowSet<Row> rows) {
        Map<TenantId, SecuritySettings> all = new HashMap<>();
        rows.forEach(row -> all.put(new TenantId(row.getString("tenant_id")), read(row)));
        return all;
    }

    private static SecuritySettings read(Row row) {
        byte[] json = row.getJsonObject("document").encode().getBytes(StandardCharsets.UTF_8);
        Document document = Json.read(json, Document.class);
        return new SecuritySettings(
                document.allowedOrigins(),
                document.keyRules(),
                document.signatures(),
                document.encryption(),
                row.getInteger("version"),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
