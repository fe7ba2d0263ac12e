package dev.sextant.push;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of an object in a frame, and collects all that is wrong. What is wrong is read as if it were absent;
 * null means absent.
 *
 * @param pointer of the object in the frame
 */
record Members(JsonNode object, String pointer, List<Violation> violations) {

    static Members of(JsonNode frame) {
        return new Members(frame, "", new ArrayList<>());
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** Refuses all members but these. */
    void allow(Set<String> names) {
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                refuse(name, "unknown_field", "is not a member here");
            }
        });
    }

    @Nullable
    String text(String name, int lengthMax) {
        if (!has(name)) {
            return null;
        }
        JsonNode value = object.get(name);
        if (!value.isTextual()) {
            refuse(name, "type_mismatch", "must be a string");
            return null;
        }
        if (value.textValue().isEmpty() || value.textValue().length() > lengthMax) {
            refuse(name, "wrong_length", "must have 1 to %d characters".formatted(lengthMax));
            return null;
        }
        return value.textValue();
    }

    /** A text that must be there. */
    String required(String name, Predicate<String> form, String rule) {
        String text = text(name, 1 << 13);
        if (text == null) {
            if (!has(name)) {
                refuse(name, "missing_field", "is required");
            }
            return "";
        }
        if (!form.test(text)) {
            refuse(name, "wrong_format", rule);
        }
        return text;
    }

    /** A whole number from 0. */
    long count(String name, long byDefault) {
        if (!has(name)) {
            return byDefault;
        }
        JsonNode value = object.get(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            refuse(name, value.isNumber() ? "out_of_range" : "type_mismatch", "must be a whole number from 0");
            return byDefault;
        }
        return value.longValue();
    }

    @Nullable
    Double number(String name, double min, double max) {
        if (!has(name)) {
            return null;
        }
        double value = object.get(name).asDouble(Double.NaN);
        if (!object.get(name).isNumber() || !(value >= min && value <= max)) {
            refuse(
                    name,
                    object.get(name).isNumber() ? "out_of_range" : "type_mismatch",
                    "must be a number from %s to %s".formatted(min, max));
            return null;
        }
        return value;
    }

    /** Null where it is absent or no object. */
    @Nullable
    Members object(String name) {
        if (!has(name)) {
            return null;
        }
        if (!object.get(name).isObject()) {
            refuse(name, "type_mismatch", "must be an object");
            return null;
        }
        return new Members(object.get(name), pointer + "/" + name, violations);
    }

    /** Texts in an array; none where it is absent. */
    List<String> texts(String name, int elementsMax, int lengthMax) {
        if (!has(name)) {
            return List.of();
        }
        JsonNode array = object.get(name);
        if (!array.isArray() || array.size() > elementsMax) {
            refuse(name, "type_mismatch", "must be an array of at most %d strings".formatted(elementsMax));
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.isTextual() || element.textValue().length() > lengthMax) {
                refuse(name, "type_mismatch", "must hold strings of at most %d characters".formatted(lengthMax));
                return List.of();
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    void refuse(String name, String code, String detail) {
        violations.add(Violation.at(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), code, detail));
    }

    /** Null where nothing is wrong. */
    @Nullable
    Problem problem() {
        return violations.isEmpty()
                ? null
                : new Problem.InvalidRequest(
                        violations,
                        violations.size() == 1
                                ? "The frame is wrong in one place: see errors."
                                : "The frame is wrong in %d places: see errors.".formatted(violations.size()));
    }
}
