package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.model.Query.Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns that {@code having} and {@code order} may name.
 *
 * @param allRead false where a column was refused: then nobody is told that it does not exist
 */
record Shown(Map<String, FieldType> types, boolean allRead) implements FilterReader.Subjects {

    private static final Set<String> ORDER_MEMBERS = Set.of("by", "dir", "nulls");

    /** Two columns of one name are refused, at the later one. */
    static Shown of(Query query, DatasetModel model, Vocabulary vocabulary, Refusals refusals) {
        boolean allRead = refusals.isEmpty();
        Map<String, FieldType> types = new HashMap<>();
        int column = 0;
        for (ColumnInfo info : Columns.of(query, model, vocabulary.fields())) {
            if (types.put(info.name(), info.type()) != null) {
                refusals.add(
                        pointer(query, column),
                        "Two columns are called '%s': give one another name by 'as'".formatted(info.name()));
            }
            column++;
        }
        return new Shown(types, allRead);
    }

    /** Where in the body a column is asked for. */
    private static String pointer(Query query, int column) {
        int left = column;
        if (!query.fields().isEmpty()) {
            return "/fields/" + left;
        }
        if (left < query.dimensions().size()) {
            return "/dimensions/" + left;
        }
        left -= query.dimensions().size();
        if (query.others() != null && left-- == 0) {
            return "/others/as";
        }
        return left < query.measures().size() ? "/measures/" + left : "/compare";
    }

    @Override
    public @Nullable FieldType type(String name, Place place) {
        FieldType type = types.get(name);
        if (type == null && allRead) {
            place.refuse(Reason.UNKNOWN_FIELD, Names.unknownOf("Column", name, types.keySet()));
        }
        return type;
    }

    @Override
    public @Nullable Subject find(String name) {
        FieldType type = types.get(name);
        return type == null || type == FieldType.JSON ? null : new Subject(name, type);
    }

    @Override
    public String unknown(String name) {
        return Names.unknownOf("Column", name, types.keySet());
    }

    @Override
    public Collection<String> segments() {
        return List.of();
    }

    List<Order> order(Place body) {
        List<Order> order = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Place place : body.list("order", types.size() + 1)) {
            if (!place.isObjectOf(ORDER_MEMBERS)) {
                continue;
            }
            boolean descending = isSecond(place, "dir", "asc", "desc");
            boolean nullsFirst = isSecond(place, "nulls", "last", "first");
            String by = place.requiredText("by");
            if (by != null && allRead && body.has("fields") && !types.containsKey(by)) {
                place.member("by")
                        .refuse(
                                Reason.UNKNOWN_FIELD,
                                "Events are ordered by chosen fields only: '%s' is none of 'fields'".formatted(by));
                continue;
            }
            if (by == null || type(by, place.member("by")) == null) {
                continue;
            }
            if (!seen.add(by)) {
                place.member("by").refuse("is sorted by already");
            }
            order.add(new Order(by, descending, nullsFirst));
        }
        return order;
    }

    private static boolean isSecond(Place place, String member, String first, String second) {
        String text = place.text(member);
        if (text != null && !text.equals(first) && !text.equals(second)) {
            place.member(member).refuse("must be %s or %s".formatted(first, second));
        }
        return second.equals(text);
    }
}
