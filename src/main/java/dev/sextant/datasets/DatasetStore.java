package dev.sextant.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.rollup.RollupReader;
import dev.sextant.store.Changes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The table {@code dataset}, within a transaction that has named its tenant. */
final class DatasetStore {

    /** What a change of a dataset is called in the change feed. */
    static final String SUBJECT = "dataset";

    private static final String COLUMNS =
            "name, description, model::text AS model, is_default, version, created_at, updated_at,"
                    + " (SELECT coalesce(json_agg(rollup.declaration ORDER BY rollup.name), '[]')::text FROM rollup"
                    + " WHERE rollup.dataset = dataset.name) AS rollups";

    private DatasetStore() {}

    /**
     * Lets one change of the tenant's datasets happen at a time, to the end of the transaction: how many there are and
     * which is the default concern them all.
     */
    static Future<Void> takeTurn(SqlConnection connection, TenantId tenant) {
        return connection
                .preparedQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('dataset:' || $1, 0))")
                .execute(Tuple.of(tenant.value()))
                .mapEmpty();
    }

    /** All datasets of the tenant, by name, as Java sorts them. */
    static Future<List<Dataset>> all(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT " + COLUMNS + " FROM dataset ORDER BY name COLLATE \"C\"")
                .execute()
                .map(DatasetStore::datasets);
    }

    /** The dataset, locked until the transaction ends. */
    static Future<Optional<Dataset>> lock(SqlConnection connection, String name) {
        return connection
                .preparedQuery("SELECT " + COLUMNS + " FROM dataset WHERE name = $1 FOR UPDATE")
                .execute(Tuple.of(name))
                .map(rows -> datasets(rows).stream().findFirst());
    }

    static Future<Long> count(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT count(*) FROM dataset")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The dataset as it was inserted; empty where the name is taken. */
    static Future<Optional<Dataset>> insert(SqlConnection connection, TenantId tenant, Dataset dataset) {
        return giveWay(connection, dataset.isDefault())
                .compose(_ -> connection
                        .preparedQuery("""
                                INSERT INTO dataset (tenant_id, name, description, model, is_default)
                                VALUES ($1, $2, $3, $4, $5)
                                ON CONFLICT (tenant_id, name) DO NOTHING RETURNING\s""" + COLUMNS)
                        .execute(Tuple.of(
                                tenant.value(),
                                dataset.name(),
                                dataset.description(),
                                new JsonObject(dataset.model().toJson().toString()),
                                dataset.isDefault())))
                .map(rows -> datasets(rows).stream().findFirst());
    }

    static Future<Dataset> update(SqlConnection connection, Dataset dataset) {
        return giveWay(connection, dataset.isDefault())
                .compose(_ -> connection
                        .preparedQuery("""
                                UPDATE dataset SET description = $2, model = $3, is_default = $4,
                                       version = version + 1, updated_at = now()
                                WHERE name = $1 RETURNING\s""" + COLUMNS)
                        .execute(Tuple.of(
                                dataset.name(),
                                dataset.description(),
                                new JsonObject(dataset.model().toJson().toString()),
                                dataset.isDefault())))
                .map(rows -> datasets(rows).getFirst());
    }

    /** There is one default: whichever it was is it no more. */
    private static Future<Void> giveWay(SqlConnection connection, boolean toDefault) {
        return toDefault
                ? connection
                        .preparedQuery("UPDATE dataset SET is_default = false WHERE is_default")
                        .execute()
                        .mapEmpty()
                : Future.succeededFuture();
    }

    static Future<Void> recordChange(SqlConnection connection, TenantId tenant) {
        return Changes.record(connection, tenant, SUBJECT);
    }

    private static List<Dataset> datasets(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(DatasetStore::dataset)
                .toList();
    }

    private static Dataset dataset(Row row) {
        OffsetDateTime createdAt = row.getOffsetDateTime("created_at");
        OffsetDateTime updatedAt = row.getOffsetDateTime("updated_at");
        try {
            String name = row.getString("name");
            DatasetModel model = ModelReader.read(tree(row, "model"), "");
            return new Dataset(
                    name,
                    row.getString("description"),
                    model,
                    StreamSupport.stream(tree(row, "rollups").spliterator(), false)
                            .map(rollup -> RollupReader.read(rollup, name, model))
                            .toList(),
                    row.getBoolean("is_default"),
                    row.getInteger("version"),
                    createdAt.toInstant(),
                    updatedAt.toInstant());
        } catch (IOException e) {
            throw new UncheckedIOException("A stored model is not JSON", e);
        }
    }

    private static JsonNode tree(Row row, String column) throws IOException {
        return Json.tree(row.getString(column).getBytes(StandardCharsets.UTF_8));
    }
}
