package dev.sextant.query.rollup;

import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import dev.sextant.query.model.Measure.Ratio;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says how a measure is made of what a rollup keeps. */
final class Derivation {

    private final Parts parts;
    private final DatasetModel model;
    private final Rollup rollup;

    Derivation(Parts parts, DatasetModel model, Rollup rollup) {
        this.parts = parts;
        this.model = model;
        this.rollup = rollup;
    }

    /** Null where it cannot be made. */
    @Nullable
    Measure of(Measure measure) {
        return switch (measure) {
            case Measure.Named named ->
                model.measure(named.measure())
                        .map(meant -> named(of(meant.definition()), named.as()))
                        .orElse(null);
            case Ratio ratio -> ratio(ratio);
            case Aggregate computed when computed.isOfExpression() -> null; // only fields are kept
            case Aggregate average when average.function() == Function.AVG -> average(average);
            case Aggregate aggregate -> aggregate(aggregate);
            default -> null;
        };
    }

    private static @Nullable Measure named(@Nullable Measure measure, String as) {
        return switch (measure) {
            case Ratio ratio -> new Ratio(ratio.dividend(), ratio.divisor(), as);
            case Aggregate aggregate -> Parts.as(aggregate, as);
            case null, default -> null;
        };
    }

    private @Nullable Measure ratio(Ratio ratio) {
        Aggregate dividend = aggregate(ratio.dividend());
        Aggregate divisor = aggregate(ratio.divisor());
        return dividend == null || divisor == null ? null : new Ratio(dividend, divisor, ratio.as());
    }

    private @Nullable Measure average(Aggregate average) {
        Measure same = average(average, null);
        boolean canFilter = average.filter() != null && FieldsUsed.covers(rollup, average.filter(), model);
        return same == null && canFilter ? average(Parts.filtered(average, null), average.filter()) : same;
    }

    private @Nullable Measure average(Aggregate average, @Nullable Filter filter) {
        Aggregate sum = Parts.sum(average);
        Aggregate values = average.countOfValues();
        Optional<Parts.Part> summed = parts.find(sum.function(), sum.field(), sum.filter());
        Optional<Parts.Part> counted = parts.find(values.function(), null, values.filter());
        return summed.isEmpty() || counted.isEmpty()
                ? null
                : new Ratio(
                        over(summed.get(), filter, average.as()),
                        over(counted.get(), filter, average.as()),
                        average.as());
    }

    /** The part with the aggregate's own filter; or the one without any, filtered as a group can be. */
    private @Nullable Aggregate aggregate(Aggregate wanted) {
        boolean addsUp = switch (wanted.function()) {
            case COUNT, SUM, MIN, MAX -> true;
            case AVG, COUNT_DISTINCT, QUANTILE -> false;
        };
        if (!addsUp || wanted.isOfExpression()) {
            return null;
        }
        Filter filter = wanted.filter();
        Optional<Parts.Part> same = parts.find(wanted.function(), wanted.field(), filter);
        if (same.isPresent()) {
            return over(same.get(), null, wanted.as());
        }
        return filter == null || !FieldsUsed.covers(rollup, filter, model)
                ? null
                : parts.find(wanted.function(), wanted.field(), null)
                        .map(part -> over(part, filter, wanted.as()))
                        .orElse(null);
    }

    /** Counts are summed, and stay counts: over nothing they are 0. */
    private static Aggregate over(Parts.Part part, @Nullable Filter filter, String as) {
        return new Aggregate(part.aggregate().function(), part.column(), null, true, filter, as);
    }
}
