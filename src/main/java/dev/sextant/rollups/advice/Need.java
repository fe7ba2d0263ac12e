package dev.sextant.rollups.advice;

import dev.sextant.query.log.QueryShape;
import dev.sextant.query.log.QueryShape.Amount;
import dev.sextant.query.log.QueryShape.Conditions;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.rollup.Rollup;
import dev.sextant.query.rollup.RollupChoice;
import dev.sextant.query.rollup.RollupReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a demand needs of a rollup: the matcher says whether it would do. Pure. */
sealed interface Need {

    /** What an advised rollup is called while it has no name. */
    String NAME = "advised";

    int DIMENSIONS_MAX = 20;
    int MEASURES_MAX = 50;

    /** From the coarse to the fine; each is a multiple of the next. */
    List<Grain> GRAINS = Stream.of("1d", "12h", "6h", "3h", "1h", "30m", "15m", "5m", "1m", "30s", "15s", "5s", "1s")
            .flatMap(text -> Grain.parse(text).stream())
            .toList();

    /** This one, and no smaller one, would do. */
    record Able(Rollup rollup) implements Need {}

    /**
     * None would do.
     *
     * @param reason the matcher's, of the rollup that comes nearest
     */
    record Unable(String reason) implements Need {}

    static Need of(Demand demand, DatasetModel model) {
        List<String> dimensions = List.copyOf(dimensions(demand.shape(), model));
        List<Measure> measures = measures(demand, model);
        if (dimensions.size() > DIMENSIONS_MAX || measures.size() > MEASURES_MAX) {
            return new Unable("It would have more dimensions or measures than a rollup may have.");
        }
        String reason = "";
        for (Grain grain : GRAINS) {
            Rollup rollup = new Rollup(NAME, grain, dimensions, measures);
            RollupChoice choice = demand.choice(rollup, model);
            if (choice.served() != null) {
                return new Able(rollup);
            }
            reason = choice.lost().getFirst().reason();
        }
        return new Unable(reason);
    }

    /** One that answers whatever each of the two answers; empty where it would be too large. */
    static Optional<Rollup> both(Rollup one, Rollup other) {
        TreeSet<String> dimensions = new TreeSet<>(one.dimensions());
        dimensions.addAll(other.dimensions());
        List<Measure> measures = Stream.concat(one.measures().stream(), other.measures().stream())
                .distinct()
                .sorted(Comparator.comparing(Measure::toString))
                .toList();
        Grain grain = one.seconds() < other.seconds() ? one.grain() : other.grain();
        return dimensions.size() > DIMENSIONS_MAX || measures.size() > MEASURES_MAX
                ? Optional.empty()
                : Optional.of(new Rollup(NAME, grain, List.copyOf(dimensions), measures));
    }

    /** What cannot be kept is left out: then the matcher refuses, and says why. */
    private static Set<String> dimensions(QueryShape shape, DatasetModel model) {
        TreeSet<String> fields = new TreeSet<>(shape.dimensions());
        shape.buckets().forEach(bucket -> fields.add(bucket.field()));
        addFields(shape.filter(), model, fields::add);
        shape.measures().forEach(amount -> addFields(amount, model, fields::add));
        fields.removeIf(field -> !RollupReader.canGroupBy(field, model));
        return fields;
    }

    private static void addFields(Amount amount, DatasetModel model, Consumer<String> fields) {
        addFields(amount.filter(), model, fields);
        amount.of().forEach(part -> addFields(part, model, fields));
    }

    private static void addFields(Conditions conditions, DatasetModel model, Consumer<String> fields) {
        conditions.fields().forEach(fields);
        conditions
                .segments()
                .forEach(name -> model.segment(name)
                        .ifPresent(segment ->
                                Conditions.of(segment.filter()).fields().forEach(fields)));
    }

    private static List<Measure> measures(Demand demand, DatasetModel model) {
        List<Measure> kept = new ArrayList<>();
        for (Measure measure : demand.query().measures()) {
            parts(measure).filter(part -> RollupReader.addsUp(part, model)).forEach(kept::add);
        }
        return kept.stream()
                .distinct()
                .sorted(Comparator.comparing(Measure::toString))
                .toList();
    }

    /** Without filters: by the fields of these the rollup groups. Events are always counted. */
    private static Stream<Measure> parts(Measure measure) {
        return switch (measure) {
            case Measure.Named _ -> Stream.of(measure);
            case Measure.Ratio ratio ->
                Stream.of(ratio.dividend(), ratio.divisor()).flatMap(Need::parts);
            case Aggregate count when count.field() == null && !count.isOfExpression() -> Stream.empty();
            case Aggregate aggregate ->
                Stream.of(new Aggregate(
                        aggregate.function(),
                        aggregate.field(),
                        aggregate.expression(),
                        aggregate.quantile(),
                        aggregate.exact(),
                        null,
                        aggregate.as()));
            case Measure.Computed _ -> Stream.empty();
        };
    }
}
