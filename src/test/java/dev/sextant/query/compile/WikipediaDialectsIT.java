package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.druid.Stack;
import dev.sextant.engine.duckdb.DuckDbConfig;
import dev.sextant.engine.duckdb.DuckDbEngine;
import dev.sextant.kernel.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random queries of edits of Wikipedia that both engines took in as servers take them: into DuckDB, and by Kafka into Druid. */
@Tag("druid")
@Tag("soak-cluster")
class WikipediaDialectsIT {

    private static final String DATASOURCE = Stack.datasource("wikipedia");
    private static final long SEED = 20_150_912;
    private static final int QUERIES = "cluster".equals(System.getProperty("sextant.soak")) ? 500 : 60;

    /** Of all edits, so that they are of the whole day. */
    private static final int ONE_IN = 5;

    private static final RandomQueries.Words WORDS = new RandomQueries.Words(
            List.of(
                    "'channel'",
                    "'countryName'",
                    "'cityName'",
                    "'namespace'",
                    "'isRobot'",
                    "'user'",
                    "{'time': 'time', 'grain': '1h'}",
                    "{'time': 'time', 'grain': '15m', 'as': 'quarter'}",
                    "{'time': 'time', 'grain': '6h', 'tz': 'Europe/Berlin', 'as': 'six'}",
                    "{'field': 'delta', 'bins': {'width': 500}}",
                    "{'expr': 'added > deleted', 'as': 'grows'}",
                    "{'expr': 'LOWER(channel)', 'as': 'low'}"),
            List.of(
                    "{'agg': 'count'}",
                    "{'agg': 'sum', 'field': 'added', 'as': 's'}",
                    "{'agg': 'avg', 'field': 'delta', 'as': 'a'}",
                    "{'agg': 'max', 'field': 'deleted', 'as': 'm'}",
                    "{'agg': 'min', 'field': 'delta', 'as': 'least'}",
                    "{'agg': 'count_distinct', 'field': 'user', 'as': 'u'}",
                    "{'agg': 'count_distinct', 'field': 'page', 'as': 'p', 'filter': {'field': 'isRobot', 'op': 'eq', 'value': false}}",
                    "{'measure': 'bot_share'}",
                    "{'agg': 'sum', 'expr': 'added - delta', 'as': 'net'}"),
            List.of(
                    "{'field': 'countryName', 'op': 'in', 'value': ['Germany', 'France', 'Japan']}",
                    "{'field': 'channel', 'op': 'starts_with', 'value': '#d'}",
                    "{'field': 'page', 'op': 'regex', 'value': '^[A-M].*[0-9]'}",
                    "{'field': 'page', 'op': 'contains', 'value': 'é'}",
                    "{'field': 'cityName', 'op': 'is_null', 'value': false}",
                    "{'field': 'isRobot', 'op': 'eq', 'value': true}",
                    "{'field': 'delta', 'op': 'between', 'value': [-100, 1000]}",
                    "{'field': 'deleted', 'op': 'gt', 'value': 10}",
                    "{'field': 'metroCode', 'op': 'ne', 'value': 807}",
                    "{'field': 'namespace', 'op': 'gt', 'value': 'T'}",
                    "{'expr': 'added > 100 OR isRobot'}",
                    "{'segment': 'people'}"),
            List.of(
                    "'2015-09-12T00:00:00Z', 'to': '2015-09-13T00:00:00Z'",
                    "'2015-09-12T05:30:00Z', 'to': '2015-09-12T17:00:00Z'"),
            "channel");

    /** Queries that were not refused. */
    private static final AtomicInteger ANSWERED = new AtomicInteger();

    private static final List<Tables> OPEN = new ArrayList<>();
    private static @Nullable Asking duck;
    private static @Nullable Asking druid;

    @BeforeAll
    static void load(@TempDir Path folder) throws Exception {
        List<Map<String, @Nullable Object>> rows = rows();
        duck = loaded(
                new EngineTables(DuckDbEngine.start(
                        DuckDbConfig.DEFAULT.in(folder.resolve("duckdb")), InstantSource.system(), (_, _, _) -> {})),
                rows);
        druid = loaded(
                new EngineTables(Stack.start(Stack.config(DATASOURCE, folder.resolve("druid")), (_, _, _) -> {})),
                rows);
    }

    private static Asking loaded(EngineTables tables, List<Map<String, @Nullable Object>> rows) {
        OPEN.add(tables);
        tables.load(WikipediaOracleIT.MODEL.table("edits"), rows);
        return new Asking(tables, "edits", WikipediaOracleIT.MODEL);
    }

    @AfterAll
    static void close() throws Exception {
        for (Tables tables : OPEN) {
            tables.close();
        }
        Stack.end(DATASOURCE);
        assertThat(ANSWERED).hasValueGreaterThan(QUERIES / 2);
    }

    private static List<Map<String, @Nullable Object>> rows() throws IOException {
        InputStream packed = Objects.requireNonNull(
                WikipediaDialectsIT.class.getResourceAsStream("/wikipedia/wikiticker-2015-09-12-sampled.json.gz"));
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (number++ % ONE_IN == 0) {
                    rows.add(row("e" + number, Json.tree(line.getBytes(StandardCharsets.UTF_8))));
                }
            }
        }
        return rows;
    }

    private static Map<String, @Nullable Object> row(String id, JsonNode edit) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("event_id", id);
        row.put("__time", Instant.parse(edit.path("time").textValue()));
        for (String text : List.of("user", "channel", "cityName", "countryName", "regionName", "page", "namespace")) {
            row.put(text, edit.path(text).textValue());
        }
        row.put("isRobot", edit.path("isRobot").booleanValue());
        for (String number : List.of("added", "delta", "metroCode")) {
            row.put(
                    number,
                    edit.path(number).isNull()
                            ? null
                            : (Object) edit.path(number).longValue());
        }
        row.put("deleted", edit.path("deleted").doubleValue());
        return row;
    }

    static Stream<String> random() {
        return new RandomQueries(WORDS, SEED).next(QUERIES).stream();
    }

    @ParameterizedTest
    @MethodSource("random")
    void whateverIsAskedIsEqualOrRefused(String body) {
        if (SameAnswers.areEqualOrRefused(Objects.requireNonNull(druid), Objects.requireNonNull(duck), body)) {
            ANSWERED.incrementAndGet();
        }
    }
}
