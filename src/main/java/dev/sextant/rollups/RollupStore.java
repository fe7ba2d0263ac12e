package dev.sextant.rollups;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/** The table {@code rollup}, within a transaction that has named its tenant. */
final class RollupStore {

    /** A row. */
    record Declared(String name, JsonNode declaration, Instant createdAt) {}

    private RollupStore() {}

    static Future<List<Declared>> all(SqlConnection connection, String dataset) {
        return connection
                .preparedQuery("SELECT name, declaration::text AS declaration, created_at FROM rollup"
                        + " WHERE dataset = $1 ORDER BY name COLLATE \"C\"")
                .execute(Tuple.of(dataset))
                .map(RollupStore::declared);
    }

    /** Whether the name was free. */
    static Future<Boolean> insert(
            SqlConnection connection, TenantId tenant, String dataset, String name, JsonNode declaration) {
        return connection
                .preparedQuery("INSERT INTO rollup (tenant_id, dataset, name, declaration) VALUES ($1, $2, $3, $4)"
                        + " ON CONFLICT DO NOTHING")
                .execute(Tuple.of(tenant.value(), dataset, name, new JsonObject(declaration.toString())))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Whether it was there. */
    static Future<Boolean> delete(SqlConnection connection, String dataset, String name) {
        return connection
                .preparedQuery("DELETE FROM rollup WHERE dataset = $1 AND name = $2")
                .execute(Tuple.of(dataset, name))
                .map(rows -> rows.rowCount() == 1);
    }

    private static List<Declared> declared(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(RollupStore::declared)
                .toList();
    }

    private static Declared declared(Row row) {
        try {
            return new Declared(
                    row.getString("name"),
                    Json.tree(row.getString("declaration").getBytes(StandardCharsets.UTF_8)),
                    row.getOffsetDateTime("created_at").toInstant());
        } catch (IOException e) {
            throw new UncheckedIOException("A stored declaration is not JSON", e);
        }
    }
}
