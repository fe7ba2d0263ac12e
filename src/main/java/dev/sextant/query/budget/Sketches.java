package dev.sextant.query.budget;

import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ErrorBound;
import dev.sextant.query.model.ErrorBound.Kind;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import dev.sextant.query.model.Query;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Aggregates by sketch: what they save, and how far off they may be. Pure.
 *
 * <p>Only exact counts of distinct values are worth a sketch: a quantile's takes more time than the quantile itself, and
 * a sample has to read the ids that it chooses by, which takes longer than to read all of a number (docs/adr/0012).
 */
public final class Sketches {

    /**
     * DuckDB keeps 1024 registers. The relative standard error is 1.04 / √m. Source: Flajolet, Fusy, Gandouet, Meunier,
     * HyperLogLog (2007), theorem 1; measured on DuckDB 2.0: 0.0325 in 100 trials over 100,000 values, less over fewer.
     */
    private static final double DISTINCT_ERROR = 1.04 / Math.sqrt(1024);

    /** DuckDB's t-digests have this compression. */
    private static final double COMPRESSION = 100;

    private Sketches() {}

    /** The same question, with sketches where they save; the same query where they save nothing. */
    public static Query sketched(Query query, DatasetModel model) {
        return changed(query, model, aggregate -> aggregate.function() == Function.COUNT_DISTINCT, false);
    }

    /** The same question, without the sketches that are further off than this. */
    public static Query within(Query query, DatasetModel model, double maxError) {
        return changed(
                query,
                model,
                aggregate -> error(aggregate).map(error -> error > maxError).orElse(false),
                true);
    }

    /** How far off the columns made of sketches may be; none where all is exact. */
    public static List<ErrorBound> bounds(Query query, DatasetModel model) {
        return query.measures().stream()
                .flatMap(measure -> bound(measure, model).stream())
                .toList();
    }

    private static Optional<ErrorBound> bound(Measure measure, DatasetModel model) {
        List<Aggregate> sketches = model.aggregates(measure).stream()
                .filter(aggregate -> !aggregate.exact())
                .toList();
        if (sketches.isEmpty()) {
            return Optional.empty();
        }
        boolean ranked = sketches.stream().anyMatch(aggregate -> aggregate.function() == Function.QUANTILE);
        // Errors of a quotient's parts are independent: their squares add (first order).
        double error = Math.sqrt(sketches.stream()
                .mapToDouble(aggregate -> error(aggregate).orElse(0.0))
                .map(one -> one * one)
                .sum());
        return Optional.of(new ErrorBound(measure.as(), ranked ? Kind.RANK : Kind.RELATIVE_STANDARD_ERROR, error));
    }

    private static Optional<Double> error(Aggregate aggregate) {
        return aggregate.exact()
                ? Optional.empty()
                : Optional.of(aggregate.quantile() == null ? DISTINCT_ERROR : rankError(aggregate.quantile()));
    }

    /**
     * A digest's value of {@code q} lies among the values of the cluster at {@code q}, which holds this share of all at
     * most: π / δ · √(q (1 - q)). Source: Dunning and Ertl, Computing Extremely Accurate Quantiles Using t-Digests (2019),
     * section 2.2, scale function k₁, as DuckDB scales it.
     */
    private static double rankError(double q) {
        return Math.PI / COMPRESSION * Math.sqrt(q * (1 - q));
    }

    private interface Chosen {
        boolean is(Aggregate aggregate);
    }

    private static Query changed(Query query, DatasetModel model, Chosen chosen, boolean exact) {
        UnaryOperator<Aggregate> change =
                aggregate -> chosen.is(aggregate) ? withExact(aggregate, exact, aggregate.as()) : aggregate;
        List<Measure> measures = query.measures().stream()
                .map(measure -> model.aggregates(measure).stream().anyMatch(chosen::is)
                        ? changed(measure, model, change)
                        : measure)
                .toList();
        return query.toBuilder().measures(measures).build();
    }

    private static Measure changed(Measure measure, DatasetModel model, UnaryOperator<Aggregate> change) {
        return switch (measure) {
            case Aggregate aggregate -> change.apply(aggregate);
            case Measure.Ratio ratio ->
                new Measure.Ratio(change.apply(ratio.dividend()), change.apply(ratio.divisor()), ratio.as());
            case Measure.Computed computed ->
                computed.with(
                        computed.operands().stream()
                                .map(operand -> changed(operand, model, change))
                                .toList(),
                        computed.as());
            case Measure.Named named ->
                model.measure(named.measure())
                        .map(meant -> renamed(changed(meant.definition(), model, change), named.as()))
                        .orElse(named);
        };
    }

    private static Measure renamed(Measure measure, String as) {
        return switch (measure) {
            case Aggregate aggregate -> withExact(aggregate, aggregate.exact(), as);
            case Measure.Ratio ratio -> new Measure.Ratio(ratio.dividend(), ratio.divisor(), as);
            case Measure.Named named -> new Measure.Named(named.measure(), as);
            case Measure.Computed computed -> computed.with(computed.operands(), as);
        };
    }

    private static Aggregate withExact(Aggregate aggregate, boolean exact, String as) {
        return aggregate.with(exact, as);
    }
}
