package dev.sextant.query.model;

import dev.sextant.query.model.Query.Order;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes a dimension out of a query, and with it what rests on the dimension. Pure. */
final class Dropping {

    private Dropping() {}

    static Query of(Query query, Dimension dropped) {
        List<Dimension> left = query.dimensions().stream()
                .filter(dimension -> !dimension.equals(dropped))
                .toList();
        Others others = query.others();
        boolean gathers = others != null && !others.dimension().equals(dropped.as());
        Set<String> gone = others == null || gathers ? Set.of(dropped.as()) : Set.of(dropped.as(), others.as());
        List<Order> order =
                query.order().stream().filter(by -> !gone.contains(by.by())).toList();
        boolean keepsHaving = query.having() != null && fields(query.having()).noneMatch(gone::contains);
        return query.toBuilder()
                .dimensions(left)
                .others(gathers ? others : null)
                .order(order)
                .having(keepsHaving ? query.having() : null)
                .fill(dropped instanceof Dimension.TimeBucket ? null : query.fill())
                .grouping(left.isEmpty() ? null : grouping(query.grouping(), dropped.as(), left.size()))
                .build();
    }

    private static @Nullable Grouping grouping(@Nullable Grouping grouping, String dropped, int dimensions) {
        if (grouping == null) {
            return null;
        }
        return new Grouping(grouping.levels().stream()
                .map(level ->
                        level.stream().filter(name -> !name.equals(dropped)).toList())
                .filter(level -> !level.isEmpty() && level.size() < dimensions)
                .distinct()
                .toList());
    }

    private static Stream<String> fields(Filter filter) {
        return switch (filter) {
            case Filter.Comparison comparison -> Stream.of(comparison.field());
            case Filter.And and -> and.all().stream().flatMap(Dropping::fields);
            case Filter.Or or -> or.any().stream().flatMap(Dropping::fields);
            case Filter.Not not -> fields(not.filter());
            case Filter.Met met -> met.condition().subjects().stream();
            case Filter.InSegment _ -> Stream.of();
        };
    }
}
