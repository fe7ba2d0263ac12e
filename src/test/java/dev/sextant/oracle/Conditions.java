package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Whether something meets a filter. A comparison with what is missing is not met; there is no third truth value. */
final class Conditions {

    private final Schema schema;

    Conditions(Schema schema) {
        this.schema = schema;
    }

    /** What a filter is about: an event, or a row of an answer. */
    interface Subject {
        Kind kind(String name);

        @Nullable
        Object value(String name);
    }

    boolean met(JsonNode filter, Subject subject) {
        if (filter.has("and")) {
            return StreamSupport.stream(filter.get("and").spliterator(), false).allMatch(part -> met(part, subject));
        }
        if (filter.has("or")) {
            return StreamSupport.stream(filter.get("or").spliterator(), false).anyMatch(part -> met(part, subject));
        }
        if (filter.has("not")) {
            return !met(filter.get("not"), subject);
        }
        if (filter.has("segment")) {
            return met(schema.segment(filter.get("segment").textValue()), subject);
        }
        return filter.has("expr")
                ? Meanings.isMet(schema.formula(filter.get("expr").textValue()).value(subject::value))
                : compared(filter, subject);
    }

    private static boolean compared(JsonNode filter, Subject subject) {
        String name = filter.get("field").textValue();
        @Nullable Object value = subject.value(name);
        JsonNode operand = filter.path("value");
        return switch (filter.get("op").textValue()) {
            case "is_null" -> (value == null) == operand.asBoolean(true);
            case "exists" -> (value != null) == operand.asBoolean(true);
            case "ne" -> !is("eq", value, operand, name, subject);
            case "nin" -> !is("in", value, operand, name, subject);
            case String op -> is(op, value, operand, name, subject);
        };
    }

    private static boolean is(String op, @Nullable Object value, JsonNode operand, String name, Subject subject) {
        boolean asNumber = Event.isPath(name) && (operand.isArray() ? operand.get(0) : operand).isNumber();
        Kind kind = asNumber ? Kind.DOUBLE : subject.kind(name);
        @Nullable Object compared = asNumber && value != null ? number((String) value) : value;
        return compared != null && holds(op, compared, operand, kind);
    }

    /** A text read as a number; null where it is none. */
    private static @Nullable Object number(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")
                ? Approximate.exactly(Double.parseDouble(text))
                : null;
    }

    private static boolean holds(String op, Object value, JsonNode operand, Kind kind) {
        return switch (op) {
            case "eq" -> compare(value, operand, kind) == 0;
            case "gt" -> compare(value, operand, kind) > 0;
            case "gte" -> compare(value, operand, kind) >= 0;
            case "lt" -> compare(value, operand, kind) < 0;
            case "lte" -> compare(value, operand, kind) <= 0;
            case "between" -> compare(value, operand.get(0), kind) >= 0 && compare(value, operand.get(1), kind) <= 0;
            case "in" ->
                StreamSupport.stream(operand.spliterator(), false).anyMatch(each -> compare(value, each, kind) == 0);
            case "contains" -> ((String) value).contains(operand.textValue());
            case "starts_with" -> ((String) value).startsWith(operand.textValue());
            case "regex" ->
                Pattern.compile(operand.textValue()).matcher((String) value).find();
            default -> throw new IllegalArgumentException(op);
        };
    }

    private static int compare(Object value, JsonNode operand, Kind kind) {
        return Values.compare(value, Values.read(operand, kind));
    }
}
