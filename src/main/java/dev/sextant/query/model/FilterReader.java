package dev.sextant.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.Scope;
import dev.sextant.query.model.Filter.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one tree of conditions. Use it once: it counts the nodes. */
final class FilterReader {

    static final int NODES_MAX = 500;
    static final int DEPTH_MAX = 24;
    static final int VALUES_MAX = 10_000;
    static final int REGEX_LENGTH_MAX = 500;

    private static final Map<String, Operator> OPERATORS =
            Arrays.stream(Operator.values()).collect(Collectors.toMap(Operator::wireName, Function.identity()));

    private static final Set<String> MEMBERS = Set.of("field", "op", "value", "and", "or", "not", "segment", "expr");
    private static final List<String> KINDS = List.of("field", "and", "or", "not", "segment", "expr");

    private final Subjects subjects;
    private int nodes;

    FilterReader(Subjects subjects) {
        this.subjects = subjects;
    }

    /** What conditions may be about. */
    interface Subjects extends Scope {

        /** The type of the field or column; null, and refused at the place, where there is none of the name. */
        @Nullable
        FieldType type(String name, Place place);

        /** The one name of the field, however it was given. */
        default String name(String given) {
            return given;
        }

        /** The names of the segments that may be asked for. */
        Collection<String> segments();
    }

    /** Null where anything is refused, or the place is absent. */
    @Nullable
    Filter read(Place place) {
        return place.isAbsent() ? null : read(place, 1);
    }

    private @Nullable Filter read(Place place, int depth) {
        if (++nodes > NODES_MAX || depth > DEPTH_MAX) {
            if (nodes <= NODES_MAX + 1) {
                place.refuse("a filter has at most %d conditions, %d deep".formatted(NODES_MAX, DEPTH_MAX));
            }
            return null;
        }
        if (place.has("cohort")) {
            place.member("cohort").refuse(Reason.NOT_SUPPORTED, "Filtering by cohort is not supported yet");
            return null;
        }
        if (!place.isObjectOf(MEMBERS)) {
            return null;
        }
        String kind = onlyKind(place);
        if (kind == null) {
            place.refuse("needs exactly one of field, and, or, not, segment, expr");
            return null;
        }
        return read(place, kind, depth);
    }

    private static @Nullable String onlyKind(Place place) {
        String only = null;
        for (String kind : KINDS) {
            if (place.has(kind)) {
                if (only != null) {
                    return null;
                }
                only = kind;
            }
        }
        return only;
    }

    private @Nullable Filter read(Place place, String kind, int depth) {
        if (!kind.equals("field") && (place.has("op") || place.has("value"))) {
            place.refuse("op and value stand beside field only");
        }
        return switch (kind) {
            case "and" -> allOf(place.member("and"), depth, Filter.And::new);
            case "or" -> allOf(place.member("or"), depth, Filter.Or::new);
            case "not" -> not(place.member("not"), depth);
            case "segment" -> segment(place);
            case "expr" -> met(place.member("expr"));
            default -> comparison(place);
        };
    }

    private @Nullable Filter allOf(Place list, int depth, Function<List<Filter>, Filter> join) {
        List<Place> parts = list.elements(NODES_MAX);
        if (list.value().isArray() && list.value().isEmpty()) {
            list.refuse("needs at least one condition");
        }
        List<Filter> filters = new ArrayList<>();
        for (Place part : parts) {
            Filter filter = read(part, depth + 1);
            if (filter != null) {
                filters.add(filter);
            }
        }
        return filters.isEmpty() ? null : join.apply(filters);
    }

    private @Nullable Filter not(Place place, int depth) {
        Filter inner = read(place, depth + 1);
        return inner == null ? null : new Filter.Not(inner);
    }

    private @Nullable Filter segment(Place place) {
        String name = place.text("segment");
        if (name == null) {
            return null;
        }
        if (!subjects.segments().contains(name)) {
            place.member("segment").refuse(Reason.UNKNOWN_FIELD, Names.unknown("Segment", name, subjects.segments()));
            return null;
        }
        return new Filter.InSegment(name);
    }

    private @Nullable Filter comparison(Place place) {
        String field = place.text("field");
        FieldType type = field == null ? null : subjects.type(field, place.member("field"));
        Operator operator = operator(place);
        if (field == null || type == null || operator == null || !fits(operator, field, type, place)) {
            return null;
        }
        JsonNode value = place.member("value").value();
        if ((operator == Operator.IN || operator == Operator.NIN) && value.isArray() && value.isEmpty()) {
            return ofNone(subjects.name(field), operator);
        }
        List<Object> values = values(place.member("value"), field, type, operator);
        return values.isEmpty() ? null : new Filter.Comparison(subjects.name(field), operator, values);
    }

    /** Nothing is in an empty list, and everything is not in it. */
    private static Filter ofNone(String field, Operator operator) {
        List<Filter> missingOrNot = List.of(
                new Filter.Comparison(field, Operator.IS_NULL, List.of(true)),
                new Filter.Comparison(field, Operator.EXISTS, List.of(true)));
        return operator == Operator.IN ? new Filter.And(missingOrNot) : new Filter.Or(missingOrNot);
    }

    private @Nullable Filter met(Place place) {
        Expression condition = ExpressionPlace.condition(place, subjects);
        return condition == null ? null : new Filter.Met(condition);
    }

    private static @Nullable Operator operator(Place place) {
        String name = place.requiredText("op");
        if (name == null) {
            return null;
        }
        Operator operator = OPERATORS.get(name);
        if (operator == null) {
            place.member("op").refuse(Names.unknownOf("Operator", name, OPERATORS.keySet()));
        }
        return operator;
    }

    private static boolean fits(Operator operator, String field, FieldType type, Place place) {
        boolean fits = switch (type) {
            case STRING -> true;
            case BOOLEAN -> !operator.comparesOrder() && !operator.comparesText();
            case JSON -> operator.asksPresence();
            case LONG, DOUBLE, DECIMAL, TIMESTAMP -> !operator.comparesText();
        };
        if (!fits) {
            place.member("op")
                    .refuse(
                            Reason.TYPE_MISMATCH,
                            "Field '%s' is %s: %s does not apply"
                                    .formatted(field, type.name().toLowerCase(Locale.ROOT), operator.wireName()));
        }
        return fits;
    }

    /** Empty, and refused, where any of them does not fit. */
    private static List<Object> values(Place place, String field, FieldType type, Operator operator) {
        if (operator.asksPresence()) {
            return presence(place);
        }
        if (place.isAbsent()) {
            place.refuse("is missing; to find what has no value, use is_null");
            return List.of();
        }
        if (operator.takesList()) {
            return list(place, field, type, operator);
        }
        Object value = ValueReader.read(place, field, type);
        if (value == null || (operator.comparesText() && !isText(value, place, operator))) {
            return List.of();
        }
        return List.of(value);
    }

    private static List<Object> presence(Place place) {
        if (!place.isAbsent() && !place.value().isBoolean()) {
            place.refuse("must be true or false");
            return List.of();
        }
        return List.of(place.isAbsent() || place.value().booleanValue());
    }

    private static List<Object> list(Place place, String field, FieldType type, Operator operator) {
        List<Place> elements = place.elements(VALUES_MAX);
        boolean between = operator == Operator.BETWEEN;
        if (between && place.value().isArray() && place.value().size() != 2) {
            place.refuse("needs two values: from and to");
            return List.of();
        }
        List<Object> values = new ArrayList<>(elements.size());
        for (Place element : elements) {
            Object value = ValueReader.read(element, field, type);
            if (value != null) {
                values.add(value);
            }
        }
        if (values.size() == elements.size()
                && values.stream().map(Object::getClass).distinct().count() > 1) {
            place.refuse(Reason.TYPE_MISMATCH, "All values must be of one type");
            return List.of();
        }
        return values.size() == elements.size() ? values : List.of();
    }

    private static boolean isText(Object value, Place place, Operator operator) {
        if (!(value instanceof String text)) {
            place.refuse(Reason.TYPE_MISMATCH, "%s needs a string".formatted(operator.wireName()));
            return false;
        }
        return operator != Operator.REGEX || isRegex(text, place);
    }

    private static boolean isRegex(String text, Place place) {
        if (text.length() > REGEX_LENGTH_MAX) {
            place.refuse("a regular expression has at most %d characters".formatted(REGEX_LENGTH_MAX));
            return false;
        }
        String obstacle = RegexSize.obstacle(text);
        if (obstacle != null) {
            place.refuse(obstacle);
            return false;
        }
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException _) {
            place.refuse("is no regular expression of RE2's syntax");
            return false;
        }
    }
}
