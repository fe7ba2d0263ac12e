package dev.sextant.query.rollup;

import dev.sextant.engine.FieldType;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Field;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rollup keeps of each group: the events, and for each measure the sums, counts and extremes it is made of. A part
 * is an aggregate whose {@code as} is its column.
 */
public record Parts(List<Part> parts) {

    /**
     * A column of a rollup.
     *
     * @param type of the column
     */
    public record Part(Aggregate aggregate, FieldType type) {

        public String column() {
            return aggregate.as();
        }
    }

    public Parts {
        parts = List.copyOf(parts);
    }

    public static Parts of(Rollup rollup, DatasetModel model) {
        List<Part> parts = new ArrayList<>();
        add(parts, new Aggregate(Function.COUNT, null, null, true, null, ""), model);
        rollup.measures().forEach(measure -> add(parts, measure, model));
        return new Parts(parts);
    }

    private static void add(List<Part> parts, Measure measure, DatasetModel model) {
        switch (measure) {
            case Measure.Named named ->
                model.measure(named.measure()).ifPresent(meant -> add(parts, meant.definition(), model));
            case Measure.Ratio ratio -> {
                add(parts, ratio.dividend(), model);
                add(parts, ratio.divisor(), model);
            }
            case Aggregate aggregate -> add(parts, aggregate, model);
            default -> throw new IllegalArgumentException("A rollup was declared with a measure that does not add up");
        }
    }

    private static void add(List<Part> parts, Aggregate aggregate, DatasetModel model) {
        switch (aggregate.function()) {
            case COUNT, MIN, MAX -> addOne(parts, aggregate, model);
            case SUM, AVG -> {
                addOne(parts, sum(aggregate), model);
                addOne(parts, aggregate.countOfValues(), model);
            }
            default -> throw new IllegalArgumentException("A rollup was declared with a measure that does not add up");
        }
    }

    private static void addOne(List<Part> parts, Aggregate wanted, DatasetModel model) {
        if (parts.stream().noneMatch(part -> isSame(part.aggregate(), wanted))) {
            Aggregate named = as(wanted, "__p" + parts.size());
            parts.add(new Part(named, type(named, model)));
        }
    }

    private static FieldType type(Aggregate aggregate, DatasetModel model) {
        Field field = aggregate.field() == null ? null : Fields.of(model).find(aggregate.field());
        if (field == null) {
            return FieldType.LONG;
        }
        boolean sumsExactly = aggregate.function() == Function.SUM && field.type() == FieldType.LONG;
        return sumsExactly ? FieldType.DECIMAL : field.type();
    }

    /** The sum that an average is made of, and of a sum itself. */
    static Aggregate sum(Aggregate aggregate) {
        return new Aggregate(Function.SUM, aggregate.field(), null, true, aggregate.filter(), aggregate.as());
    }

    static Aggregate as(Aggregate aggregate, String as) {
        return new Aggregate(aggregate.function(), aggregate.field(), null, aggregate.exact(), aggregate.filter(), as);
    }

    static Aggregate filtered(Aggregate aggregate, @Nullable Filter filter) {
        return new Aggregate(aggregate.function(), aggregate.field(), null, aggregate.exact(), filter, aggregate.as());
    }

    private static boolean isSame(Aggregate one, Aggregate other) {
        return as(one, "").equals(as(other, ""));
    }

    /** The part that is this aggregate. */
    Optional<Part> find(Function function, @Nullable String field, @Nullable Filter filter) {
        Aggregate wanted = new Aggregate(function, field, null, true, filter, "");
        return parts.stream().filter(part -> isSame(part.aggregate(), wanted)).findFirst();
    }
}
