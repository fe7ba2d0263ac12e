package dev.sextant.analytics.saved;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.PostgresFailure;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table {@code saved_query}, within a transaction that has named its tenant. */
final class SavedQueryStore {

    private static final String COLUMNS =
            "id, name, description, query, parameters, version, created_by, created_at, updated_at";
    private static final String INSERT = """
            INSERT INTO saved_query (id, tenant_id, name, description, query, created_by, parameters)
            VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING\s""" + COLUMNS;
    private static final String SEEN =
            " FROM saved_query WHERE ($1::text[] IS NULL OR coalesce(query::json ->> 'dataset', $2) = ANY ($1)) ";
    private static final String LIST =
            "SELECT " + COLUMNS + SEEN + "AND ($3::text IS NULL OR id > $3) ORDER BY id LIMIT $4";
    private static final String GET = "SELECT " + COLUMNS + SEEN + "AND id = $3";
    private static final String UPDATE = """
            UPDATE saved_query SET name = $2, description = $3, query = $4, parameters = $5, version = version + 1, updated_at = now()
            WHERE id = $1 RETURNING\s""" + COLUMNS;

    private SavedQueryStore() {}

    static Future<Long> count(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT count(*) FROM saved_query")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Fails with {@code AlreadyExists} where the name is taken. */
    static Future<SavedQuery> insert(SqlConnection connection, String id, Principal principal, SavedText text) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                                id,
                                principal.tenant().value(),
                                text.name(),
                                text.descriptionOrNone(),
                                text.query().toString(),
                                principal.actor())
                        .addString(written(text)))
                .recover(SavedQueryStore::nameTaken)
                .map(rows -> all(rows).getFirst());
    }

    static Future<List<SavedQuery>> list(SqlConnection connection, ListSavedQueries question, int rowsMax, Seen seen) {
        return connection
                .preparedQuery(LIST)
                .execute(tuple(seen).addString(question.after()).addInteger(rowsMax))
                .map(SavedQueryStore::all);
    }

    static Future<Optional<SavedQuery>> find(SqlConnection connection, String id, Seen seen) {
        return connection
                .preparedQuery(GET)
                .execute(tuple(seen).addString(id))
                .map(rows -> all(rows).stream().findFirst());
    }

    /** As {@link #find}; nobody else changes it until the transaction ends. */
    static Future<Optional<SavedQuery>> lock(SqlConnection connection, String id, Seen seen) {
        return connection
                .preparedQuery(GET + " FOR UPDATE")
                .execute(tuple(seen).addString(id))
                .map(rows -> all(rows).stream().findFirst());
    }

    private static Tuple tuple(Seen seen) {
        return Tuple.tuple().addArrayOfString(seen.reach().array()).addString(seen.byDefault());
    }

    /** Fails with {@code AlreadyExists} where the name is taken. */
    static Future<SavedQuery> update(SqlConnection connection, String id, SavedText text) {
        return connection
                .preparedQuery(UPDATE)
                .execute(Tuple.of(
                        id, text.name(), text.descriptionOrNone(), text.query().toString(), written(text)))
                .recover(SavedQueryStore::nameTaken)
                .map(rows -> all(rows).getFirst());
    }

    static Future<Void> delete(SqlConnection connection, String id) {
        return connection
                .preparedQuery("DELETE FROM saved_query WHERE id = $1")
                .execute(Tuple.of(id))
                .mapEmpty();
    }

    private static Future<RowSet<Row>> nameTaken(Throwable failure) {
        return PostgresFailure.isDuplicate(failure)
                ? ProblemException.failed(
                        new Problem.AlreadyExists("There is a saved query of this name already: give another."))
                : Future.failedFuture(failure);
    }

    private static List<SavedQuery> all(RowSet<Row> rows) {
        List<SavedQuery> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(read(row)));
        return all;
    }

    private static SavedQuery read(Row row) {
        return new SavedQuery(
                row.getString("id"),
                row.getString("name"),
                row.getString("description"),
                tree(row.getString("query")),
                parameters(row.getString("parameters")),
                row.getInteger("version"),
                row.getString("created_by"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    /** A parameter as an element of the array that is kept. */
    private static String written(SavedText text) {
        return text.parametersOrNone().stream()
                .map(parameter -> new String(Json.write(parameter), StandardCharsets.UTF_8))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static List<Parameter> parameters(String text) {
        List<Parameter> parameters = new ArrayList<>();
        tree(text).forEach(parameter -> parameters.add(Json.read(parameter, Parameter.class)));
        return parameters;
    }

    private static JsonNode tree(String text) {
        try {
            return Json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("A stored query is not JSON", e);
        }
    }
}
