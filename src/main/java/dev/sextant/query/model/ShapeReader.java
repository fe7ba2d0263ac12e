package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what gives an answer another shape than rows of measures. What it rests on is read already. */
final class ShapeReader {

    static final int FIELDS_MAX = 100;
    static final int OTHERS_LIMIT_MAX = 1_000;
    private static final int OTHERS_LIMIT_BY_DEFAULT = 10;

    /** What only rows of groups have. */
    private static final List<String> OF_GROUPS =
            List.of("measures", "dimensions", "having", "grouping", "compare", "fill", "others", "navigate");

    private static final Set<String> COMPARE = Set.of("offset", "from", "to");
    private static final Set<String> FILL = Set.of("value");
    private static final Set<String> OTHERS = Set.of("dimension", "by", "limit", "as");

    private static final Instant ABOUT_NOW = Instant.parse("2020-01-01T00:00:00Z");

    private final DatasetModel model;
    private final Vocabulary vocabulary;

    ShapeReader(DatasetModel model, Vocabulary vocabulary) {
        this.model = model;
        this.vocabulary = vocabulary;
    }

    /** Of each event, not of groups. Empty where groups are asked for. */
    List<Dimension.Plain> fields(Place body) {
        DimensionReader reader = new DimensionReader(vocabulary);
        List<Dimension.Plain> fields = new ArrayList<>();
        for (Place place : body.list("fields", FIELDS_MAX)) {
            Dimension read = place.has("time") ? null : reader.read(place);
            if (read instanceof Dimension.Plain plain) {
                fields.add(plain);
            } else if (read != null || place.has("time")) {
                place.refuse("must be a field: events are not put in buckets");
            }
        }
        if (body.has("fields")) {
            refuseGroups(body);
        }
        return fields;
    }

    private static void refuseGroups(Place body) {
        if (body.member("fields").value().isEmpty()) {
            body.member("fields").refuse("needs at least one field");
        }
        for (String member : OF_GROUPS) {
            if (body.has(member) && !isNothing(body.member(member))) {
                body.member(member).refuse("does not go with fields, which ask for events themselves");
            }
        }
    }

    private static boolean isNothing(Place place) {
        return (place.value().isArray() && place.value().isEmpty())
                || (place.value().isBoolean() && !place.value().booleanValue());
    }

    /** All that changes the columns or the rows; {@code query} has its measures, dimensions and range. */
    Query read(Place body, Query query) {
        Compare compare = compare(body.member("compare"), query);
        Others others = others(body.member("others"), query);
        Query compared = query.toBuilder().compare(compare).others(others).build();
        Fill fill = fill(body.member("fill"), compared);
        Grouping grouping = new GroupingReader(query.dimensions()).read(body.member("grouping"));
        if (grouping != null && (fill != null || others != null)) {
            body.member("grouping")
                    .refuse(Reason.NOT_SUPPORTED, "Subtotals together with fill or others are not supported yet");
        }
        return compared.toBuilder()
                .fill(fill)
                .grouping(grouping)
                .navigate(body.flag("navigate", false))
                .build();
    }

    private static @Nullable Compare compare(Place place, Query query) {
        if (place.isAbsent() || !place.isObjectOf(COMPARE)) {
            return null;
        }
        if (query.timeRange() == null) {
            place.refuse("needs a time_range: all time has no other period");
        }
        if (query.measures().isEmpty()) {
            place.refuse("needs measures: nothing else is compared");
        }
        boolean absolute = place.has("from") || place.has("to");
        if (place.has("offset") == absolute) {
            place.refuse("needs either offset, or from and to");
            return null;
        }
        if (absolute) {
            TimeRange.Between period = RangeReader.between(place);
            return period == null ? null : new Compare.Period(period);
        }
        Place offset = place.member("offset");
        String text = offset.text();
        Grain amount = text == null ? null : Grain.parse(text).orElse(null);
        if (amount == null) {
            offset.refuse("must be an amount of time such as 1d, 1w or 1mo");
        } else if (!amount.before(end(query), query.zone()).isAfter(TimeRange.EARLIEST)) {
            offset.refuse("leads to before the year 1, when there are no events");
        }
        return amount == null ? null : new Compare.Offset(amount);
    }

    /** Of the range, or what is about as far from the year 1 where it ends with the present. */
    private static Instant end(Query query) {
        return query.timeRange() instanceof TimeRange.Between range ? range.to() : ABOUT_NOW;
    }

    private static @Nullable Others others(Place place, Query query) {
        if (place.isAbsent() || !place.isObjectOf(OTHERS)) {
            return null;
        }
        List<String> measures = query.measures().stream().map(Measure::as).toList();
        List<String> dimensions = query.dimensions().stream()
                .filter(dimension -> !(dimension instanceof Dimension.TimeBucket))
                .map(Dimension::as)
                .toList();
        String by = place.requiredText("by");
        String named = place.text("dimension");
        String dimension = named == null && !dimensions.isEmpty() ? dimensions.getFirst() : named;
        if (by != null && !measures.contains(by)) {
            place.member("by").refuse(Reason.UNKNOWN_FIELD, Names.unknownOf("Measure", by, measures));
        }
        if (dimension == null) {
            place.refuse("needs a dimension other than time");
        } else if (!dimensions.contains(dimension)) {
            place.member("dimension").refuse(Reason.UNKNOWN_FIELD, Names.unknownOf("Dimension", dimension, dimensions));
        }
        int limit = place.has("limit")
                ? QueryReader.wholeNumber(place.member("limit"), OTHERS_LIMIT_MAX, OTHERS_LIMIT_BY_DEFAULT)
                : OTHERS_LIMIT_BY_DEFAULT;
        String as = place.has("as") ? Names.read(place.member("as")) : "is_other";
        if (by == null || dimension == null || as == null) {
            return null;
        }
        return measures.contains(by) && dimensions.contains(dimension) ? new Others(dimension, by, limit, as) : null;
    }

    private @Nullable Fill fill(Place place, Query query) {
        boolean isFlag = place.value().isBoolean();
        if (place.isAbsent() || (isFlag && !place.value().booleanValue()) || (!isFlag && !place.isObjectOf(FILL))) {
            return null;
        }
        List<Dimension.TimeBucket> buckets = query.dimensions().stream()
                .filter(Dimension.TimeBucket.class::isInstance)
                .map(Dimension.TimeBucket.class::cast)
                .toList();
        boolean one = buckets.size() == 1
                && vocabulary.fields().isTime(buckets.getFirst().field());
        if (!one) {
            place.refuse("needs one dimension of time and grain, of the field '%s'"
                    .formatted(model.roles().time()));
        }
        if (query.timeRange() == null) {
            place.refuse("needs a time_range: all time has no first and no last bucket");
        }
        if (query.compare() instanceof Compare.Period) {
            place.refuse(Reason.NOT_SUPPORTED, "fill together with a compared period of its own is not supported yet");
        }
        return one && query.timeRange() != null ? new Fill(isFlag ? null : value(place.member("value"), query)) : null;
    }

    private @Nullable Double value(Place place, Query query) {
        if (place.isAbsent()) {
            return null;
        }
        double value = place.value().doubleValue();
        if (!place.value().isNumber() || Double.isInfinite(value)) {
            place.refuse("must be a number");
            return null;
        }
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        boolean needsWhole = Columns.of(query, model, vocabulary.fields()).stream()
                .anyMatch(column -> column.role() == ColumnInfo.Role.MEASURE
                        && (column.type() == FieldType.LONG || column.type() == FieldType.DECIMAL));
        if (needsWhole && !isWhole) {
            place.refuse(Reason.TYPE_MISMATCH, "must be a whole number: some measures are");
        }
        return value == 0 ? 0.0 : value;
    }
}
