package dev.sextant.query.compile;

import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Eleven visits, few enough to count by hand. */
final class Visits implements AutoCloseable {

    static final DatasetModel MODEL = ModelReader.read(Bodies.json("""
            {'time': 'at', 'entity': 'user',
             'dimensions': [
               {'name': 'country', 'type': 'string'}, {'name': 'city', 'type': 'string'},
               {'name': 'amount', 'type': 'long', 'unit': 'cents'}],
             'hierarchies': [{'name': 'place', 'levels': ['country', 'city']}]}"""), "");

    private static final String ALL = """
            e01 2026-03-01T10:00:00Z DE Berlin  ann 100
            e02 2026-03-01T11:00:00Z DE Berlin  bob 200
            e03 2026-03-01T11:30:00Z DE Bonn    ann 300
            e04 2026-03-01T13:00:00Z FR Paris   cid  50
            e05 2026-03-01T13:00:00Z -  -       ann   5
            e06 2026-03-02T10:15:00Z DE Berlin  ann 400
            e07 2026-03-02T10:45:00Z FR Paris   cid  50
            e08 2026-03-02T13:00:00Z FR Lyon    dan  25
            e09 2026-03-02T13:00:00Z IT Rome    eve   -
            e10 2026-03-03T09:00:00Z FR Paris   cid  70
            e11 2026-03-03T09:00:00Z FR Paris   ann  30
            """;

    private final DuckDbTables tables;
    private final Asking asking;

    Visits() throws SQLException {
        tables = new DuckDbTables();
        tables.create(MODEL.table("visits"));
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        ALL.lines().map(line -> line.split(" +")).forEach(words -> {
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put("event_id", words[0]);
            row.put("__time", Instant.parse(words[1]));
            row.put("received_at", Instant.parse("2026-04-01T00:00:00Z"));
            row.put("country", present(words[2]));
            row.put("city", present(words[3]));
            row.put("user", words[4]);
            row.put("amount", words[5].equals("-") ? null : (Object) Long.valueOf(words[5]));
            rows.add(row);
        });
        tables.insert("visits", rows);
        asking = new Asking(tables, "visits", MODEL);
    }

    private static @Nullable String present(String word) {
        return word.equals("-") ? null : word;
    }

    Asking asking() {
        return asking;
    }

    /** Rows as texts, instants without what never differs: {@code [DE, 03-01T10:00, 3]}. */
    List<String> texts(String body) {
        return texts(asking.rows(body));
    }

    static List<String> texts(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(Visits::text).toList().toString())
                .toList();
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value).replaceAll("^2026-(.*?):00Z$", "$1");
    }

    @Override
    public void close() throws SQLException {
        tables.close();
    }
}
