package dev.sextant.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.model.Query.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the body of a query, and checks it against the dataset's model. */
public final class QueryReader {

    static final int MEASURES_MAX = 50;
    static final int DIMENSIONS_MAX = 20;

    private static final Set<String> MEMBERS = Set.of(
            "dataset",
            "measures",
            "dimensions",
            "filter",
            "time_range",
            "having",
            "order",
            "limit",
            "cursor",
            "totals",
            "dry_run",
            "explain",
            "fields",
            "grouping",
            "compare",
            "fill",
            "others",
            "navigate",
            "as_of",
            "budget");

    static final String DATA_VERSION_PREFIX = "dv_";
    private static final Pattern DATA_VERSION = Pattern.compile("dv_[0-9]{1,18}");
    private static final Set<String> RANGE_MEMBERS = Set.of("last", "from", "to");
    private static final Set<String> ORDER_MEMBERS = Set.of("by", "dir", "nulls");
    private static final List<String> NOT_YET =
            List.of("fields", "grouping", "compare", "fill", "others", "navigate", "budget");

    private final DatasetModel model;
    private final Vocabulary vocabulary;

    private QueryReader(DatasetModel model) {
        this.model = model;
        this.vocabulary = Vocabulary.of(model);
    }

    /**
     * Reads a query.
     *
     * @param dataset the name of the dataset that is asked: the body's own, or the default where it names none
     * @throws ProblemException {@code Unprocessable} with all that is wrong, each with its pointer
     */
    public static Query read(JsonNode body, String dataset, DatasetModel model) {
        return readPart(body, "", dataset, model);
    }

    /** Reads a query that is the part of a body that stands at {@code pointer}. */
    public static Query readPart(JsonNode part, String pointer, String dataset, DatasetModel model) {
        Refusals refusals = new Refusals(Reason.INVALID_QUERY);
        Query query = new QueryReader(model).read(Place.body(part, pointer, refusals), dataset);
        refusals.throwIfAny();
        return Objects.requireNonNull(query, "A query that is not there must have been refused");
    }

    private @Nullable Query read(Place body, String dataset) {
        if (!body.isObjectOf(MEMBERS)) {
            return null;
        }
        refuseWhatComesLater(body);
        List<Dimension> dimensions = dimensions(body);
        List<Measure> measures = measures(body);
        Filter filter = new FilterReader(vocabulary).read(body.member("filter"));
        TimeRange range = timeRange(body.member("time_range"));
        Shown shown = shown(body, dimensions, measures);
        Filter having = new FilterReader(shown).read(body.member("having"));
        List<Order> order = shown.order(body);
        return Query.of(dataset)
                .measures(measures)
                .dimensions(dimensions)
                .filter(filter)
                .timeRange(range)
                .having(having)
                .order(order)
                .limit(limit(body.member("limit")))
                .cursor(body.text("cursor"))
                .totals(body.flag("totals", true))
                .asOf(asOf(body.member("as_of")))
                .build();
    }

    private static void refuseWhatComesLater(Place body) {
        for (String name : NOT_YET) {
            if (body.has(name)) {
                body.member(name).refuse(Reason.NOT_SUPPORTED, "'%s' is not supported yet".formatted(name));
            }
        }
        for (String name : List.of("dry_run", "explain")) {
            if (body.flag(name, false)) {
                body.member(name).refuse(Reason.NOT_SUPPORTED, "'%s' is not supported yet".formatted(name));
            }
        }
    }

    private List<Dimension> dimensions(Place body) {
        DimensionReader reader = new DimensionReader(vocabulary);
        List<Dimension> dimensions = new ArrayList<>();
        for (Place place : body.list("dimensions", DIMENSIONS_MAX)) {
            Dimension dimension = reader.read(place);
            if (dimension != null) {
                dimensions.add(dimension);
            }
        }
        return dimensions;
    }

    private List<Measure> measures(Place body) {
        List<Measure> measures = new MeasureReader(vocabulary).all(body.list("measures", MEASURES_MAX));
        if (measures.isEmpty()
                && body.value().path("dimensions").isEmpty()
                && body.refusals().isEmpty()) {
            body.refuse("needs at least one measure or dimension");
        }
        return measures;
    }

    /** The columns there are. Two of one name are refused, at the later one. */
    private Shown shown(Place body, List<Dimension> dimensions, List<Measure> measures) {
        boolean allRead = body.refusals().isEmpty();
        Map<String, FieldType> types = new HashMap<>();
        int column = 0;
        for (ColumnInfo info : Columns.of(model, vocabulary.fields(), dimensions, measures)) {
            if (types.put(info.name(), info.type()) != null) {
                String list = column < dimensions.size() ? "dimensions" : "measures";
                int index = column < dimensions.size() ? column : column - dimensions.size();
                body.refusals()
                        .add(
                                "/" + list + "/" + index,
                                "Two columns are called '%s': give one another name by 'as'".formatted(info.name()));
            }
            column++;
        }
        return new Shown(types, allRead);
    }

    private @Nullable TimeRange timeRange(Place range) {
        if (range.isAbsent() || !range.isObjectOf(RANGE_MEMBERS)) {
            return null;
        }
        boolean absolute = range.has("from") || range.has("to");
        if (range.has("last") == absolute) {
            range.refuse("needs either last, or from and to");
            return null;
        }
        return absolute ? between(range) : last(range.member("last"));
    }

    private static @Nullable TimeRange last(Place place) {
        String text = place.text();
        Grain amount = text == null ? null : Grain.parse(text).orElse(null);
        if (amount == null) {
            place.refuse("must be an amount of time such as 15m, 24h or 30d");
            return null;
        }
        return new TimeRange.Last(amount);
    }

    private static @Nullable TimeRange between(Place range) {
        Instant from = ValueReader.instant(range.member("from"));
        Instant to = ValueReader.instant(range.member("to"));
        if (from == null || to == null) {
            return null;
        }
        if (!from.isBefore(to)) {
            range.refuse("from must be earlier than to");
            return null;
        }
        return new TimeRange.Between(from, to);
    }

    private static @Nullable Long asOf(Place place) {
        String text = place.isAbsent() ? null : place.text();
        if (text == null) {
            return null;
        }
        if (!DATA_VERSION.matcher(text).matches()) {
            place.refuse("must be the data_version of an answer, such as dv_412");
            return null;
        }
        return Long.valueOf(text.substring(DATA_VERSION_PREFIX.length()));
    }

    private static int limit(Place limit) {
        if (limit.isAbsent()) {
            return Query.LIMIT_BY_DEFAULT;
        }
        boolean whole = limit.value().isIntegralNumber() && limit.value().canConvertToInt();
        int value = limit.value().intValue();
        if (!whole || value < 1 || value > Query.LIMIT_MAX) {
            limit.refuse("must be a whole number from 1 to %,d".formatted(Query.LIMIT_MAX));
            return Query.LIMIT_BY_DEFAULT;
        }
        return value;
    }

    /**
     * The columns that {@code having} and {@code order} may name.
     *
     * @param allRead false where a column was refused: then nobody is told that it does not exist
     */
    private record Shown(Map<String, FieldType> types, boolean allRead) implements FilterReader.Subjects {

        @Override
        public @Nullable FieldType type(String name, Place place) {
            FieldType type = types.get(name);
            if (type == null && allRead) {
                place.refuse(Reason.UNKNOWN_FIELD, Names.unknown("Column", name, types.keySet()));
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
            return Names.unknown("Column", name, types.keySet());
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
}
