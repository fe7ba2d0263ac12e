package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.Answer;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.Table;
import dev.sextant.engine.duckdb.DuckDbConfig;
import dev.sextant.engine.duckdb.DuckDbEngine;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.QueryReader;
import dev.sextant.query.model.TimeRange;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiled plans, run by the engine that serves. */
class CompiledPlanIT {

    private static final TenantId TENANT = new TenantId("ten_a");
    private static final Instant MIDNIGHT = Instant.parse("2015-10-25T00:00:00Z");
    private static final DatasetModel MODEL = ModelReader.read(Bodies.json("""
            {'dimensions': [{'name': 'shop', 'type': 'string'}, {'name': 'amount', 'type': 'long', 'unit': 'cents'},
              {'name': 'weight', 'type': 'double'}, {'name': 'gift', 'type': 'boolean'},
              {'name': 'due', 'type': 'timestamp'}, {'name': 'cart', 'type': 'json'}]}"""), "");

    private final QueryCompiler compiler = new QueryCompiler(new Cursors(new Secret("k".repeat(32))), 100);

    @TempDir
    private Path folder = Path.of("");

    private @Nullable DuckDbEngine started;

    @BeforeEach
    void startWithThreeOrders() throws TimeoutException {
        DuckDbEngine engine =
                DuckDbEngine.start(DuckDbConfig.DEFAULT.in(folder), InstantSource.fixed(MIDNIGHT), (_, _, _) -> {});
        started = engine;
        Table table = MODEL.table("orders");
        await(engine.define(TENANT, table));
        List<EventBatch.Event> events = List.of(
                order(
                        "a",
                        0,
                        "{\"plan\":\"pro\",\"it's\":7}",
                        "north",
                        Long.MAX_VALUE,
                        1.5,
                        true,
                        MIDNIGHT,
                        "{\"n\":1}"),
                order("b", 3600, "{\"plan\":2}", "north", 1L, null, false, null, null),
                order("c", 7200, null, null, 5L, 2.5, null, MIDNIGHT.plusNanos(1000), "[]"));
        await(engine.append(TENANT, new EventBatch(table, "btc_1", MIDNIGHT, 1, events), patience()));
    }

    private static EventBatch.Event order(
            String id, int secondsLater, @Nullable String properties, @Nullable Object... values) {
        return new EventBatch.Event(id, true, MIDNIGHT.plusSeconds(secondsLater), "test", values, properties);
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    private static Deadline patience() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(30, TimeUnit.SECONDS);
    }

    private List<List<List<@Nullable Object>>> ask(String body) throws TimeoutException {
        if (started == null) {
            throw new AssertionError("Not started");
        }
        var query = QueryReader.read(Bodies.json(body), "orders", MODEL);
        TimeRange range = query.timeRange();
        CompiledQuery compiled = compiler.compile(TENANT, query, range == null ? null : range.at(MIDNIGHT), MODEL);
        Answer answer = await(started.run(TENANT, compiled.plan(), patience()));
        return answer.results();
    }

    @Test
    void yieldRowsAndTotalsInTheFormOfTheirTypes() throws TimeoutException {
        var results = ask("""
                {'dimensions': ['shop', {'time': 'time', 'grain': '1d', 'tz': 'Europe/Berlin', 'as': 'day'}],
                 'measures': [{'agg': 'count'}, {'agg': 'sum', 'field': 'amount'}, {'agg': 'avg', 'field': 'weight'},
                   {'agg': 'max', 'field': 'due'}, {'agg': 'min', 'field': 'gift'},
                   {'agg': 'quantile', 'field': 'weight', 'q': 0.25}, {'agg': 'count_distinct', 'field': 'shop'}],
                 'time_range': {'from': '2015-10-25T00:00:00Z', 'to': '2015-10-25T02:00:00.000001Z'}}""");

        Instant day = Instant.parse("2015-10-24T22:00:00Z");
        assertThat(results.getFirst())
                .containsExactly(
                        List.of("north", day, 2L, new BigInteger("9223372036854775808"), 1.5, MIDNIGHT, false, 1.5, 1L),
                        Arrays.asList(
                                null, day, 1L, BigInteger.valueOf(5), 2.5, MIDNIGHT.plusNanos(1000), null, 2.5, 0L));
        assertThat(results.getLast())
                .containsExactly(List.of(
                        3L, new BigInteger("9223372036854775813"), 2.0, MIDNIGHT.plusNanos(1000), false, 1.75, 1L));
    }

    @Test
    void groupByWhatIsNotDeclaredAndByJson() throws TimeoutException {
        assertThat(
                        ask("{'dimensions': ['properties.plan', 'cart'], 'order': [{'by': 'properties.plan', 'dir': 'desc'}]}")
                                .getFirst())
                .containsExactly(List.of("pro", "{\"n\":1}"), Arrays.asList("2", null), Arrays.asList(null, "[]"));
        assertThat(ask("""
                {'dimensions': ['event_id'], 'filter': {'field': 'properties.it\\u0027s', 'op': 'gt', 'value': 6}}""").getFirst()).containsExactly(List.of("a"));
    }

    @Test
    void compareExactSumsWithWholeNumbers() throws TimeoutException {
        assertThat(ask("""
                {'dimensions': ['shop'], 'measures': [{'agg': 'sum', 'field': 'amount', 'as': 'total'}],
                 'having': {'field': 'total', 'op': 'gte', 'value': 9223372036854775808}}""").getFirst()).containsExactly(List.of("north", new BigInteger("9223372036854775808")));
    }
}
