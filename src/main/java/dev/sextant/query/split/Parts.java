package dev.sextant.query.split;

import dev.sextant.engine.FieldType;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Field;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures as parts that can be added up, piece by piece, and how they are made of these. Sums of whole numbers stay
 * exact. Pure.
 */
final class Parts {

    /** Somebody asks for what cannot be added up. */
    private static final class NotAdditive extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotAdditive() {
            super(null, null, false, false);
        }
    }

    /** A sum that is null with a count above zero lies beyond all doubles. */
    private record Sum(int sum, int count) {}

    private final DatasetModel model;
    private final List<Sum> sums = new ArrayList<>();
    private final List<Aggregate> aggregates = new ArrayList<>();
    private final List<Formula> formulas = new ArrayList<>();

    private Parts(DatasetModel model) {
        this.model = model;
    }

    /** Empty where one of the measures has to be asked as a whole. */
    static Optional<Parts> of(List<Measure> measures, DatasetModel model) {
        Parts parts = new Parts(model);
        try {
            measures.forEach(measure -> parts.formulas.add(parts.formula(measure)));
            return Optional.of(parts);
        } catch (NotAdditive _) {
            return Optional.empty();
        }
    }

    /** What is asked of a piece. */
    List<Measure> measures() {
        return List.copyOf(aggregates);
    }

    private Formula formula(Measure measure) {
        return switch (measure) {
            case Measure.Named named ->
                formula(model.measure(named.measure()).orElseThrow().definition());
            case Measure.Ratio ratio ->
                new Formula.Quotient(formula(numeric(ratio.dividend())), formula(numeric(ratio.divisor())));
            case Aggregate aggregate -> formula(aggregate);
            default -> throw new NotAdditive();
        };
    }

    private Formula formula(Aggregate all) {
        if (all.isOfExpression()) {
            throw new NotAdditive();
        }
        return switch (all.function()) {
            case COUNT, MIN, MAX -> new Formula.Same(part(all.function(), all.field(), all.filter()));
            case SUM -> sum(all);
            case AVG -> {
                Sum sum = sumAndCount(all);
                yield new Formula.Average(sum.sum(), sum.count());
            }
            default -> throw new NotAdditive();
        };
    }

    private Formula sum(Aggregate all) {
        if (type(all.field()) == FieldType.LONG) {
            return new Formula.Same(part(Function.SUM, all.field(), all.filter()));
        }
        Sum sum = sumAndCount(all);
        return new Formula.DoubleSum(sum.sum(), sum.count());
    }

    private Sum sumAndCount(Aggregate all) {
        Sum sum = new Sum(
                part(Function.SUM, all.field(), all.filter()),
                part(Function.COUNT, null, all.countOfValues().filter()));
        sums.add(sum);
        return sum;
    }

    private Aggregate numeric(Aggregate operand) {
        if (operand.field() != null
                && operand.function() != Function.COUNT
                && type(operand.field()) != FieldType.LONG
                && type(operand.field()) != FieldType.DOUBLE) {
            throw new NotAdditive();
        }
        return operand;
    }

    private FieldType type(@Nullable String name) {
        Field field = name == null ? null : Fields.of(model).find(name);
        if (field == null) {
            throw new NotAdditive();
        }
        return field.type();
    }

    private int part(Function function, @Nullable String field, @Nullable Filter filter) {
        for (int i = 0; i < aggregates.size(); i++) {
            Aggregate there = aggregates.get(i);
            if (new Aggregate(function, field, null, true, filter, there.as()).equals(there)) {
                return i;
            }
        }
        aggregates.add(new Aggregate(function, field, null, true, filter, "m" + aggregates.size()));
        return aggregates.size() - 1;
    }

    /** The parts as the engine told them, but that a sum beyond all doubles is told from one of nothing. */
    List<@Nullable Object> told(List<@Nullable Object> parts) {
        if (sums.stream().noneMatch(sum -> isBeyond(sum, parts))) {
            return parts;
        }
        List<@Nullable Object> told = new ArrayList<>(parts);
        sums.stream().filter(sum -> isBeyond(sum, parts)).forEach(sum -> told.set(sum.sum(), Double.NaN));
        return told;
    }

    private static boolean isBeyond(Sum sum, List<@Nullable Object> parts) {
        return parts.get(sum.sum()) == null && !Long.valueOf(0).equals(parts.get(sum.count()));
    }

    /** The parts of no events at all. */
    List<@Nullable Object> none() {
        List<@Nullable Object> parts = new ArrayList<>();
        aggregates.forEach(aggregate -> parts.add(aggregate.function() == Function.COUNT ? 0L : null));
        return parts;
    }

    /** Adds the parts of other events of the group to {@code sums}, which it changes. */
    void add(List<@Nullable Object> sums, List<@Nullable Object> parts) {
        for (int i = 0; i < sums.size(); i++) {
            sums.set(i, added(aggregates.get(i).function(), sums.get(i), parts.get(i)));
        }
    }

    /**
     * The groups of pieces, each with its parts of all of them added up.
     *
     * @param pieces rows: {@code keys} values that name the group, then its parts
     */
    Map<List<@Nullable Object>, List<@Nullable Object>> addedUp(List<List<List<@Nullable Object>>> pieces, int keys) {
        Map<List<@Nullable Object>, List<@Nullable Object>> keyToParts = new LinkedHashMap<>();
        if (keys == 0) {
            keyToParts.put(List.of(), none());
        }
        for (List<List<@Nullable Object>> piece : pieces) {
            for (List<@Nullable Object> row : piece) {
                List<@Nullable Object> sums = keyToParts.computeIfAbsent(key(row.subList(0, keys)), _ -> none());
                add(sums, told(row.subList(keys, row.size())));
            }
        }
        return keyToParts;
    }

    private static List<@Nullable Object> key(List<@Nullable Object> values) {
        List<@Nullable Object> key = new ArrayList<>(values.size());
        values.forEach(value -> key.add(Values.key(value)));
        return key;
    }

    private static @Nullable Object added(Function function, @Nullable Object sum, @Nullable Object part) {
        if (sum == null || part == null) {
            return sum == null ? part : sum;
        }
        return switch (function) {
            case COUNT -> Math.addExact((Long) sum, (Long) part);
            case MIN -> Values.compare(part, sum) < 0 ? part : sum;
            case MAX -> Values.compare(part, sum) > 0 ? part : sum;
            default -> part instanceof BigInteger whole ? whole.add((BigInteger) sum) : (Double) part + (Double) sum;
        };
    }

    /** The values of the measures, in their order. */
    List<@Nullable Object> values(List<@Nullable Object> parts) {
        List<@Nullable Object> values = new ArrayList<>(formulas.size());
        formulas.forEach(formula -> values.add(formula.value(parts)));
        return values;
    }
}
