package dev.sextant.analytics.saved;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What a saved query leaves open: {@code {"param": "country"}} as the {@code value} of a filter, anywhere in the query, stands
 * for the parameter's value. Pure.
 */
record Parameters(List<Parameter> all) {

    private static final String PARAM = "param";
    private static final String VALUE = "value";

    Parameters {
        all = List.copyOf(all);
    }

    /**
     * The query with some value for each parameter: its default, or one of its type.
     *
     * @throws ProblemException where they are not declared well, or are not those that the query names
     */
    JsonNode sampled(JsonNode query) {
        Errors errors = new Errors();
        Map<String, JsonNode> samples = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Parameter parameter = all.get(i);
            String place = "/parameters/" + i;
            if (samples.put(parameter.name(), sample(parameter)) != null) {
                errors.add(place + "/name", Reason.INVALID_QUERY, "is the name of another parameter already");
            }
            if (parameter.hasDefault() && !parameter.takes(sample(parameter))) {
                errors.add(place + "/default", Reason.TYPE_MISMATCH, "must be " + parameter.kind());
            }
        }
        Set<String> used = new HashSet<>();
        JsonNode sampled = replaced(query, "/query", (name, place) -> {
            used.add(name);
            JsonNode sample = samples.get(name);
            if (sample == null) {
                errors.add(place, Reason.UNKNOWN_FIELD, "There is no parameter '%s'; %s".formatted(name, thereAre()));
            }
            return sample == null ? JsonNodeFactory.instance.nullNode() : sample;
        });
        for (int i = 0; i < all.size(); i++) {
            if (!used.contains(all.get(i).name())) {
                errors.add("/parameters/" + i, Reason.INVALID_QUERY, "The query does not name it");
            }
        }
        errors.throwIfAny();
        return sampled;
    }

    /**
     * The query with the values that are given, and defaults for what is not.
     *
     * @param given an object, or missing
     * @throws ProblemException where one lacks, is of another type, or is none of these
     */
    JsonNode bound(JsonNode query, JsonNode given) {
        Errors errors = new Errors();
        Map<String, JsonNode> values = new HashMap<>();
        for (Parameter parameter : all) {
            JsonNode value = given.path(parameter.name());
            boolean isGiven = !value.isMissingNode() && !value.isNull();
            String place = "/parameters/" + parameter.name();
            if (!isGiven && !parameter.hasDefault()) {
                errors.add(place, Reason.INVALID_QUERY, "The parameter is missing: give " + parameter.kind());
            } else if (isGiven && !parameter.takes(value)) {
                errors.add(place, Reason.TYPE_MISMATCH, "must be " + parameter.kind());
            }
            values.put(parameter.name(), isGiven ? value : sample(parameter));
        }
        given.fieldNames().forEachRemaining(name -> {
            if (!values.containsKey(name)) {
                String place = "/parameters/" + name.replace("~", "~0").replace("/", "~1");
                errors.add(place, Reason.UNKNOWN_FIELD, "There is no such parameter; " + thereAre());
            }
        });
        errors.throwIfAny();
        return replaced(query, "", (name, _) -> values.getOrDefault(name, JsonNodeFactory.instance.nullNode()));
    }

    /** Where the query names parameters: JSON pointers to names. */
    static Map<String, String> places(JsonNode query) {
        Map<String, String> places = new HashMap<>();
        replaced(query, "", (name, place) -> {
            places.put(place, name);
            return JsonNodeFactory.instance.nullNode();
        });
        return places;
    }

    private String thereAre() {
        return all.isEmpty()
                ? "this query has none"
                : "these are: "
                        + String.join(", ", all.stream().map(Parameter::name).toList());
    }

    private static JsonNode sample(Parameter parameter) {
        if (parameter.byDefault() != null && parameter.hasDefault()) {
            return parameter.byDefault();
        }
        JsonNode one = switch (parameter.type()) {
            case "long" -> LongNode.valueOf(1);
            case "double" -> DoubleNode.valueOf(1.5);
            case "boolean" -> BooleanNode.TRUE;
            case "timestamp" -> TextNode.valueOf("2026-01-01T00:00:00Z");
            default -> TextNode.valueOf("x");
        };
        return parameter.takesList()
                ? JsonNodeFactory.instance.arrayNode().add(one).add(one)
                : one;
    }

    /** A copy in which each parameter is what {@code value} makes of its name and its place. */
    private static JsonNode replaced(JsonNode node, String place, BiFunction<String, String, JsonNode> value) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(member -> {
                String at = place + "/" + member.getKey();
                boolean isParameter = member.getKey().equals(VALUE) && isParameter(member.getValue());
                copy.set(
                        member.getKey(),
                        isParameter
                                ? value.apply(member.getValue().path(PARAM).textValue(), at)
                                : replaced(member.getValue(), at, value));
            });
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                copy.add(replaced(array.get(i), place + "/" + i, value));
            }
            return copy;
        }
        return node;
    }

    private static boolean isParameter(JsonNode value) {
        return value.isObject() && value.size() == 1 && value.path(PARAM).isTextual();
    }

    /** All that is wrong, told at once. */
    private static final class Errors {
        private final List<Violation> violations = new ArrayList<>();
        private Reason first = Reason.INVALID_QUERY;

        void add(String pointer, Reason reason, String detail) {
            if (violations.isEmpty()) {
                first = reason;
            }
            violations.add(Violation.at(pointer, reason.name().toLowerCase(Locale.ROOT), detail));
        }

        void throwIfAny() {
            if (!violations.isEmpty()) {
                throw new ProblemException(new Unprocessable(
                        first, violations, violations.getFirst().detail()));
            }
        }
    }
}
