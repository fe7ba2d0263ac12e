package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.duckdb.DuckDbConfig;
import dev.sextant.engine.duckdb.DuckDbEngine;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import dev.sextant.query.model.TimeRange;
import dev.sextant.query.rollup.Rollup;
import dev.sextant.query.rollup.RollupChoice;
import dev.sextant.query.rollup.RollupReader;
import dev.sextant.query.rollup.Served;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is asked, a rollup answers as the events do: while events come, late ones too, and go. */
class RollupAnswersIT {

    private static final TenantId ACME = new TenantId("ten_acme");
    private static final Instant START = Instant.parse("2026-03-27T00:00:00Z"); // clocks change in Berlin on the 29th
    private static final DatasetModel MODEL = ModelReader.read(Bodies.json("""
            {'time':'time','dimensions':[
              {'name':'country','type':'string'},{'name':'device','type':'string'},{'name':'gift','type':'boolean'},
              {'name':'amount','type':'long'},{'name':'weight','type':'double'}],
             'measures':[{'name':'turnover','agg':'sum','field':'amount'},{'name':'gift_share','agg':'ratio','of':[
               {'agg':'count','filter':{'field':'gift','op':'eq','value':true}},{'agg':'count'}]}],
             'segments':[{'name':'german','filter':{'field':'country','op':'eq','value':'DE'}}]}"""), "");

    private static final List<Rollup> ROLLUPS = List.of(
            rollup("{'name':'hourly','grain':'1h','dimensions':['country','device'],'measures':["
                    + "{'measure':'turnover'},{'measure':'gift_share'},{'agg':'avg','field':'weight'},"
                    + "{'agg':'min','field':'amount'},{'agg':'max','field':'weight'}]}"),
            rollup("{'name':'daily','grain':'1d','dimensions':['country'],'measures':["
                    + "{'measure':'turnover'},{'agg':'avg','field':'amount'},{'agg':'max','field':'device'}]}"));

    private static final List<String> DIMENSIONS = List.of(
            "'country'",
            "'device'",
            "{'time':'time','grain':'1h'}",
            "{'time':'time','grain':'1d','tz':'Europe/Berlin'}",
            "{'time':'time','grain':'6h','tz':'Asia/Kolkata'}",
            "{'time':'time','grain':'1mo'}",
            "{'time':'time','grain':'1w','tz':'America/New_York','week_start':'sunday'}",
            "{'time':'time','grain':'30m'}");
    private static final List<String> MEASURES = List.of(
            "{'agg':'count'}",
            "{'measure':'turnover'}",
            "{'measure':'gift_share'}",
            "{'agg':'avg','field':'weight'}",
            "{'agg':'avg','field':'amount'}",
            "{'agg':'min','field':'amount'}",
            "{'agg':'max','field':'weight'}",
            "{'agg':'max','field':'device'}",
            "{'agg':'count','filter':{'segment':'german'},'as':'germans'}",
            "{'agg':'avg','field':'weight','filter':{'field':'country','op':'ne','value':'DE'},'as':'abroad'}",
            "{'agg':'ratio','of':[{'agg':'sum','field':'amount'},{'agg':'count'}],'as':'each'}",
            "{'agg':'count_distinct','field':'device'}");
    private static final List<String> FILTERS = List.of(
            "null",
            "{'segment':'german'}",
            "{'not':{'segment':'german'}}",
            "{'field':'country','op':'in','value':['DE','FR']}",
            "{'field':'country','op':'is_null','value':true}",
            "{'or':[{'field':'device','op':'eq','value':'tv'},{'field':'country','op':'gt','value':'E'}]}",
            "{'field':'amount','op':'gt','value':50}",
            "{'field':'country','op':'eq','value':'none such'}");

    private final QueryCompiler compiler = new QueryCompiler(new Cursors(new Secret("k".repeat(32))), 1_000);

    @TempDir
    Path folder;

    private volatile Instant now = START.plus(Duration.ofDays(3));
    private OlapEngine engine;
    private int made;

    private static Rollup rollup(String declaration) {
        return RollupReader.read(Bodies.json(declaration), "sales", MODEL);
    }

    @BeforeEach
    void start() {
        engine = DuckDbEngine.start(DuckDbConfig.DEFAULT.in(folder), () -> now, (_, _, _) -> {});
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void answerAsTheEventsDo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        append(random, 500);
        ROLLUPS.forEach(rollup -> await(engine.defineRollup(ACME, compiler.rollup("sales", MODEL, rollup), soon())));
        int served = 0;

        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> append(random, 1 + random.nextInt(20));
                case 3 -> delete(random);
                case 4 -> now = now.plus(Duration.ofMinutes(random.nextInt(300)));
                default -> served += compare(query(random), "seed %d step %d".formatted(seed, step)) ? 1 : 0;
            }
            if (step == 150) {
                engine.close();
                start();
            }
        }

        assertThat(served).as("seed %d", seed).isGreaterThan(20);
    }

    private void append(Random random, int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long back = random.nextInt(10) == 0 ? random.nextInt(5_000_000) : random.nextInt(250_000);
            @Nullable
            Object[] values = {
                random.nextInt(6) == 0 ? null : List.of("DE", "FR", "ES").get(random.nextInt(3)),
                List.of("tv", "phone").get(random.nextInt(2)),
                random.nextInt(5) == 0 ? null : random.nextBoolean(),
                random.nextInt(5) == 0 ? null : (Object) (long) random.nextInt(100),
                random.nextInt(5) == 0 ? null : (Object) (random.nextInt(400) / 4.0)
            };
            events.add(new Event("id" + made++, true, now.minusSeconds(back), "api", values, null));
        }
        await(engine.append(ACME, new EventBatch(MODEL.table("sales"), "btc_1", now, 1, events), soon()));
    }

    private void delete(Random random) {
        Instant from = now.minusSeconds(random.nextInt(300_000));
        Query meant = read("{'measures':[{'agg':'count'}],'filter':%s}"
                .formatted(FILTERS.get(1 + random.nextInt(FILTERS.size() - 1))));
        TimeRange.Between range = new TimeRange.Between(from, from.plusSeconds(1 + random.nextInt(20_000)));
        await(engine.delete(ACME, compiler.condition(meant, range, MODEL), soon()));
    }

    private static Query read(String body) {
        return QueryReader.read(Bodies.json(body), "sales", MODEL);
    }

    private Query query(Random random) {
        Instant from = START.minus(Duration.ofDays(random.nextInt(3)))
                .plus(Duration.ofHours(random.nextBoolean() ? 0 : random.nextInt(30)))
                .plusSeconds(random.nextInt(8) == 0 ? 7 : 0);
        Instant to = from.plus(Duration.ofHours(24L * (1 + random.nextInt(6)) + random.nextInt(2)));
        String range = random.nextInt(4) == 0 ? "null" : "{'from':'%s','to':'%s'}".formatted(from, to);
        List<String> measures = some(MEASURES, 1 + random.nextInt(3), random);
        String having = random.nextInt(4) == 0 && measures.contains("{'agg':'count'}")
                ? "{'field':'count','op':'gt','value':2}"
                : "null";
        return read("{'dimensions':[%s],'measures':[%s],'filter':%s,'time_range':%s,'having':%s,'limit':10000}"
                .formatted(
                        String.join(",", oneOfTime(some(DIMENSIONS, random.nextInt(3), random))),
                        String.join(",", measures),
                        FILTERS.get(random.nextInt(FILTERS.size())),
                        range,
                        having));
    }

    private static List<String> some(List<String> all, int count, Random random) {
        List<String> left = new ArrayList<>(all);
        java.util.Collections.shuffle(left, random);
        return left.subList(0, count);
    }

    private static List<String> oneOfTime(List<String> dimensions) {
        List<String> kept = new ArrayList<>();
        boolean hasTime = false;
        for (String dimension : dimensions) {
            boolean isTime = dimension.startsWith("{");
            if (!isTime || !hasTime) {
                kept.add(dimension);
            }
            hasTime |= isTime;
        }
        return kept;
    }

    /** Whether a rollup answered. */
    private boolean compare(Query query, String where) {
        TimeRange.Between range = (TimeRange.Between) query.timeRange();
        DatasetState state = await(engine.state(ACME, "sales"));
        boolean any = false;
        for (Rollup rollup : ROLLUPS) {
            Served served = RollupChoice.of(query, MODEL, List.of(rollup), state.rollupToRows())
                    .served();
            if (served != null) {
                any = true;
                assertSame(
                        run(compiler.compile(ACME, query, range, MODEL, served)),
                        run(compiler.compile(ACME, query, range, MODEL)),
                        where + " " + query.toJson());
            }
        }
        return any;
    }

    private List<List<List<@Nullable Object>>> run(CompiledQuery compiled) {
        Answer answer = await(engine.run(ACME, compiled.plan(), soon()));
        return answer.results();
    }

    private static void assertSame(
            List<List<List<@Nullable Object>>> one, List<List<List<@Nullable Object>>> other, String where) {
        List<@Nullable Object> values =
                one.stream().flatMap(List::stream).flatMap(List::stream).toList();
        List<@Nullable Object> expected =
                other.stream().flatMap(List::stream).flatMap(List::stream).toList();
        assertThat(values).as(where).hasSameSizeAs(expected);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Double number && expected.get(i) instanceof Double wanted) {
                assertThat(number).as(where).isCloseTo(wanted, Offset.offset(1e-9));
            } else {
                assertThat(values.get(i)).as(where).isEqualTo(expected.get(i));
            }
        }
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
