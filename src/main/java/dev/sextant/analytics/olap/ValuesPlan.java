package dev.sextant.analytics.olap;

import dev.sextant.analytics.olap.FieldValues.Counted;
import dev.sextant.datasets.Dataset;
import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Instants;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.cache.JsonValues;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Field;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Filter.Comparison;
import dev.sextant.query.model.Filter.Operator;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import dev.sextant.query.run.MetricQueries;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query that a question for values comes to, and what its answer says. What is missing is no value. Pure.
 *
 * @param field by its one name: a path may be written in many ways
 */
record ValuesPlan(String field, Query query) {

    private static final String VALUE = "value";
    private static final String COUNT = "count";
    private static final List<Query.Order> MOST_FREQUENT_FIRST = List.of(new Query.Order(COUNT, true, false));

    static ValuesPlan of(AskValues question, Dataset dataset) {
        Field field = field(question.field(), Fields.of(dataset.model()));
        Query query = Query.of(dataset.name())
                .measures(List.of(new Aggregate(Function.COUNT, null, null, true, null, COUNT)))
                .dimensions(List.of(new Dimension.Plain(field.name(), VALUE)))
                .filter(filter(field, question))
                .timeRange(range(question))
                .order(MOST_FREQUENT_FIRST)
                .limit(question.limit())
                .totals(false)
                .build();
        return new ValuesPlan(field.name(), query);
    }

    FieldValues values(ResultTable table) {
        List<Counted> counted = table.rows().stream()
                .map(row -> new Counted(
                        shown(Objects.requireNonNull(row.getFirst(), "What is missing was left out")),
                        ((Number) Objects.requireNonNull(row.getLast(), "A count is never missing")).longValue()))
                .toList();
        return new FieldValues(
                field,
                counted,
                table.nextCursor() != null,
                "dv_" + table.state().dataVersion());
    }

    private static Object shown(Object value) {
        return switch (value) {
            case Instant instant -> JsonValues.text(instant);
            case Object number when JsonValues.isBeyondDouble(number) -> number.toString();
            default -> value;
        };
    }

    private static Field field(String name, Fields fields) {
        Field field = fields.find(name);
        if (field == null) {
            throw MetricQueries.refused("field", Reason.UNKNOWN_FIELD, fields.unknown(name));
        }
        if (field.type() == FieldType.JSON) {
            throw MetricQueries.refused(
                    "field",
                    Reason.TYPE_MISMATCH,
                    "Field '%s' is json: name what is in it, such as %s.price.".formatted(name, name));
        }
        return field;
    }

    private static Filter filter(Field field, AskValues question) {
        String prefix = question.prefix();
        if (prefix == null) {
            return new Comparison(field.name(), Operator.EXISTS, List.of(true));
        }
        if (field.type() != FieldType.STRING) {
            throw MetricQueries.refused(
                    "prefix",
                    Reason.TYPE_MISMATCH,
                    "Field '%s' is %s: only texts have a prefix."
                            .formatted(field.name(), field.type().name().toLowerCase(Locale.ROOT)));
        }
        return question.ignoreCase()
                ? Filter.startsWithInAnyCase(field, prefix)
                : new Comparison(field.name(), Operator.STARTS_WITH, List.of(prefix));
    }

    private static @Nullable TimeRange range(AskValues question) {
        if (question.from() == null && question.to() == null) {
            return null;
        }
        Instant from = question.from() == null ? TimeRange.EARLIEST : instant("from", question.from());
        Instant to = question.to() == null ? TimeRange.LATEST : instant("to", question.to());
        if (!from.isBefore(to)) {
            throw MetricQueries.refused("to", Reason.INVALID_QUERY, "'to' must be later than 'from'.");
        }
        return new TimeRange.Between(from, to);
    }

    private static Instant instant(String parameter, String text) {
        try {
            Instant instant = Instants.parse(text);
            if (instant.truncatedTo(ChronoUnit.MICROS).equals(instant)
                    && !instant.isBefore(TimeRange.EARLIEST)
                    && !instant.isAfter(TimeRange.LATEST)) {
                return instant;
            }
        } catch (DateTimeException _) {
            // refused below, as what is too fine or too far
        }
        throw MetricQueries.refused(
                parameter,
                Reason.INVALID_QUERY,
                "Give an RFC 3339 instant of whole microseconds, in the years 0001 to 9999.");
    }
}
