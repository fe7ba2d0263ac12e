package dev.sextant.perf;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.duckdb.DirectDuckDb;
import dev.sextant.kernel.Json;
import dev.sextant.perf.Pairs.Named;
import dev.sextant.perf.Subject.Customer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Each shape of question: cold, uncached beside the same SQL in DuckDB, and cached. */
final class ShapesPart {

    private static final String PART = "shapes";
    private static final double FACTOR_MAX = 1.15;
    private static final double EXTRA_MILLIS = 3;
    private static final int CONNECTIONS = 64;
    /** Of each shape, until what all have in common is compiled, before the first one is measured. */
    private static final int WARM_UP_SECONDS = 5;

    /** Sent by nobody else: wrk counts from ten millions. */
    private static final long COLD = 1;

    /** What the first one to ask got, and how long it took. */
    private record Cold(Shape shape, String answer, double millis) {}

    private final Subject subject;
    private final Customer customer;
    private final DirectDuckDb database;
    private final Pairs.Rounds rounds;

    ShapesPart(Subject subject, Customer customer, DirectDuckDb database, Pairs.Rounds rounds) {
        this.subject = subject;
        this.customer = customer;
        this.database = database;
        this.rounds = rounds;
    }

    void measure(Findings findings) throws Exception {
        List<Cold> colds = new ArrayList<>();
        for (Shape shape : Shape.all()) {
            colds.add(cold(shape));
        }
        for (Shape shape : Shape.all()) {
            uncached(shape).run(1, WARM_UP_SECONDS);
        }
        for (Cold cold : colds) {
            measure(cold, findings);
        }
    }

    private Cold cold(Shape shape) throws Exception {
        long begun = System.nanoTime();
        String answer = subject.ask(customer, shape.path(), shape.with(COLD));
        return new Cold(shape, answer, (System.nanoTime() - begun) / 1e6);
    }

    private Wrk uncached(Shape shape) {
        return new Wrk(subject.url(shape.path()), customer.key(), shape.body());
    }

    private void measure(Cold cold, Findings findings) throws Exception {
        Shape shape = cold.shape();
        DirectQuery direct = shape.sql().isEmpty()
                ? DirectQuery.of(database, ShopEvents.MODEL, shape.body())
                : DirectQuery.ofSql(database, shape.sql(), types(cold.answer()));
        Wrk uncached = uncached(shape);
        Pairs pairs = Pairs.measure(
                new Named("DuckDB", direct::run), new Named("uncached", seconds -> uncached.run(1, seconds)), rounds);
        Sample cached =
                new Wrk(subject.url(shape.path()), customer.key(), shape.with(COLD)).run(CONNECTIONS, rounds.seconds());
        double base = Pairs.median(pairs.baseline()).p50Millis();
        Sample found = Pairs.median(pairs.subject());
        findings.add(
                PART,
                shape.name(),
                found.p50Millis() <= FACTOR_MAX * base + EXTRA_MILLIS,
                "cold_ms",
                cold.millis(),
                "duckdb_p50_ms",
                base,
                "uncached_p50_ms",
                found.p50Millis(),
                "uncached_p99_ms",
                found.p99Millis(),
                "allowed_ms",
                FACTOR_MAX * base + EXTRA_MILLIS,
                "cached_per_s",
                cached.requestsPerSecond(),
                "cached_p50_ms",
                cached.p50Millis(),
                "cached_p99_ms",
                cached.p99Millis());
    }

    private static List<FieldType> types(String answer) throws Exception {
        List<FieldType> types = new ArrayList<>();
        for (JsonNode column :
                Json.tree(answer.getBytes(StandardCharsets.UTF_8)).path("columns")) {
            types.add(FieldType.valueOf(column.path("type").textValue().toUpperCase(Locale.ROOT)));
        }
        return types;
    }
}
