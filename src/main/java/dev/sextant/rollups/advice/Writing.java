package dev.sextant.rollups.advice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.datasets.Dataset;
import dev.sextant.query.log.Counts;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Query;
import dev.sextant.query.rollup.Rollup;
import dev.sextant.rollups.advice.RollupAdvice.Advised;
import dev.sextant.rollups.advice.RollupAdvice.Usage;
import dev.sextant.rollups.advice.Selection.Chosen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes advice. Pure; one thread. */
final class Writing {

    private static final int NAME_CHARACTERS_MAX = 55;

    private final Dataset dataset;
    private final Counts all;
    private final Set<String> names = new HashSet<>();

    /** @param all that the log has */
    Writing(Dataset dataset, Counts all) {
        this.dataset = dataset;
        this.all = all;
        dataset.rollups().forEach(rollup -> names.add(rollup.name()));
    }

    Advised advised(Chosen chosen) {
        long with = Math.round(chosen.rowsScanned());
        Usage usage = usage(chosen.demands());
        return new Advised(
                declaration(chosen.sized().rollup()),
                chosen.sized().rows(),
                chosen.sized().isCounted(),
                usage,
                with,
                usage.rowsScanned() - with);
    }

    private Usage usage(List<Demand> demands) {
        Counts sum = demands.stream().map(Demand::counts).reduce(Counts.NONE, Counts::plus);
        return new Usage(
                sum.asked(),
                sum.scans(),
                sum.scannedRows(),
                all.scannedRows() == 0 ? 0 : (double) sum.scannedRows() / all.scannedRows(),
                millis(sum),
                demands.stream().map(Demand::shape).toList());
    }

    static double millis(Counts counts) {
        return counts.engineMicros() / 1_000.0;
    }

    private ObjectNode declaration(Rollup rollup) {
        Query query = Query.of(dataset.name()).measures(named(rollup)).build();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", name(rollup)).put("grain", rollup.grain().format());
        rollup.dimensions().forEach(body.putArray("dimensions")::add);
        body.set("measures", measures(query));
        return body;
    }

    private static JsonNode measures(Query query) {
        return query.measures().isEmpty()
                ? JsonNodeFactory.instance.arrayNode()
                : query.toJson().path("measures");
    }

    /** No two columns may have one name: a measure of the model may be called as another is by default. */
    private static List<Measure> named(Rollup rollup) {
        Set<String> taken = new HashSet<>(rollup.dimensions());
        List<Measure> named = new ArrayList<>();
        for (Measure measure : rollup.measures()) {
            String as = measure.as();
            while (!taken.add(as)) {
                as += "_";
            }
            named.add(as(measure, as));
        }
        return named;
    }

    private static Measure as(Measure measure, String as) {
        return switch (measure) {
            case Measure.Named named -> new Measure.Named(named.measure(), as);
            case Aggregate aggregate -> aggregate.with(aggregate.exact(), as);
            case Measure.Ratio _, Measure.Computed _ -> measure;
        };
    }

    /** Such as {@code advised_1h_channel_country}. */
    private String name(Rollup rollup) {
        String text = "advised_" + rollup.grain().format() + "_" + String.join("_", rollup.dimensions());
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "").replaceAll("_+$", "");
        String first = plain.substring(0, Math.min(plain.length(), NAME_CHARACTERS_MAX));
        String name = first;
        for (int i = 2; !names.add(name); i++) {
            name = first + "_" + i;
        }
        return name;
    }
}
