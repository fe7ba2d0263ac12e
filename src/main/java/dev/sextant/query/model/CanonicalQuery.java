package dev.sextant.query.model;

import dev.sextant.query.model.Filter.Comparison;
import dev.sextant.query.model.Filter.Operator;
import dev.sextant.query.model.Query.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions that mean the same, and have the same columns, into one form, so that they share an answer: conditions
 * and the values of lists in a fixed order and each once, and no order that holds anyway. Pure; what is canonical stays as
 * it is.
 */
public final class CanonicalQuery {

    private CanonicalQuery() {}

    public static Query of(Query query) {
        return query.toBuilder()
                .measures(query.measures().stream().map(CanonicalQuery::of).toList())
                .filter(orNull(query.filter()))
                .having(orNull(query.having()))
                .order(order(query))
                .build();
    }

    private static Measure of(Measure measure) {
        return switch (measure) {
            case Measure.Aggregate aggregate -> of(aggregate);
            case Measure.Ratio ratio -> new Measure.Ratio(of(ratio.dividend()), of(ratio.divisor()), ratio.as());
            case Measure.Computed computed ->
                new Measure.Computed(
                        computed.expression(),
                        computed.operands().stream().map(CanonicalQuery::of).toList(),
                        computed.as());
            case Measure.Named _ -> measure;
        };
    }

    private static Measure.Aggregate of(Measure.Aggregate all) {
        return new Measure.Aggregate(
                all.function(),
                all.field(),
                all.expression(),
                all.quantile(),
                all.exact(),
                orNull(all.filter()),
                all.as());
    }

    private static @Nullable Filter orNull(@Nullable Filter filter) {
        return filter == null ? null : of(filter);
    }

    private static Filter of(Filter filter) {
        return switch (filter) {
            case Filter.And and -> joined(flat(and, CanonicalQuery::conjuncts), Filter.And::new);
            case Filter.Or or -> joined(flat(or, CanonicalQuery::disjuncts), Filter.Or::new);
            case Filter.Not not -> complement(of(not.filter()));
            case Comparison comparison -> of(comparison);
            case Filter.InSegment _, Filter.Met _ -> filter;
        };
    }

    private static List<Filter> flat(Filter filter, Function<Filter, Stream<Filter>> parts) {
        return parts.apply(filter).map(CanonicalQuery::of).flatMap(parts).toList();
    }

    private static Stream<Filter> conjuncts(Filter filter) {
        return filter instanceof Filter.And and
                ? and.all().stream().flatMap(CanonicalQuery::conjuncts)
                : Stream.of(filter);
    }

    private static Stream<Filter> disjuncts(Filter filter) {
        return filter instanceof Filter.Or or
                ? or.any().stream().flatMap(CanonicalQuery::disjuncts)
                : Stream.of(filter);
    }

    private static Filter joined(List<Filter> filters, Function<List<Filter>, Filter> join) {
        List<Filter> sorted = filters.stream()
                .distinct()
                .sorted(Comparator.comparing(Filter::toString))
                .toList();
        return sorted.size() == 1 ? sorted.getFirst() : join.apply(sorted);
    }

    /** A condition is met or not: to negate twice changes nothing. */
    private static Filter complement(Filter filter) {
        return filter instanceof Filter.Not not ? not.filter() : new Filter.Not(filter);
    }

    private static Comparison of(Comparison comparison) {
        List<Object> values = comparison.values();
        return switch (comparison.operator()) {
            case IN -> list(comparison, Operator.IN, Operator.EQ);
            case NIN -> list(comparison, Operator.NIN, Operator.NE);
            case EXISTS ->
                new Comparison(
                        comparison.field(),
                        Operator.IS_NULL,
                        List.of(!values.getFirst().equals(true)));
            default -> comparison;
        };
    }

    private static Comparison list(Comparison comparison, Operator ofMany, Operator ofOne) {
        List<Object> sorted = comparison.values().stream()
                .distinct()
                .sorted(Comparator.comparing(Object::toString))
                .toList();
        return new Comparison(comparison.field(), sorted.size() == 1 ? ofOne : ofMany, sorted);
    }

    /** Without the end of it that the dimensions decide in the same way. */
    private static List<Order> order(Query query) {
        List<String> dimensions = query.dimensions().stream().map(Dimension::as).toList();
        List<Order> whole = completed(query.order(), dimensions);
        int length = query.order().size();
        while (length > 0
                && completed(query.order().subList(0, length - 1), dimensions).equals(whole)) {
            length--;
        }
        return query.order().subList(0, length);
    }

    private static List<Order> completed(List<Order> order, List<String> dimensions) {
        List<Order> all = new ArrayList<>(order);
        List<String> taken = order.stream().map(Order::by).toList();
        dimensions.stream()
                .filter(name -> !taken.contains(name))
                .forEach(name -> all.add(new Order(name, false, false)));
        return all;
    }
}
