package dev.sextant.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What sample events bring.
 *
 * @param types of the fields that can be declared, in the order they were first seen
 * @param passedOver the fields that cannot, with the reason; events may bring them all the same, as properties
 * @param epochs the fields whose samples all are plausible milliseconds since 1970
 */
record SampledFields(Map<String, FieldType> types, Map<String, String> passedOver, Set<String> epochs) {

    /** From 2001 to 2100: what a count or an id rarely is. */
    private static final long EPOCH_MILLIS_MIN = 1_000_000_000_000L;

    private static final long EPOCH_MILLIS_MAX = 4_102_444_800_000L;

    static SampledFields of(List<JsonNode> events) {
        Map<String, @Nullable FieldType> seen = new LinkedHashMap<>();
        Set<String> mixed = new HashSet<>();
        Set<String> notEpochs = new HashSet<>();
        for (JsonNode event : events) {
            event.properties().forEach(member -> {
                FieldType type = type(member.getValue());
                FieldType before = seen.get(member.getKey());
                seen.put(member.getKey(), joined(before, type));
                if (before != null && type != null && seen.get(member.getKey()) == null) {
                    mixed.add(member.getKey());
                }
                if (!member.getValue().isNull() && !isEpoch(member.getValue())) {
                    notEpochs.add(member.getKey());
                }
            });
        }
        Map<String, FieldType> types = new LinkedHashMap<>();
        Map<String, String> passedOver = new LinkedHashMap<>();
        seen.forEach((name, type) -> {
            String obstacle = mixed.contains(name) ? "has samples of several types" : obstacle(name, type, types);
            if (obstacle == null && type != null) {
                types.put(name, type);
            } else if (obstacle != null) {
                passedOver.put(name, obstacle);
            }
        });
        Set<String> epochs = new HashSet<>(types.keySet());
        epochs.removeAll(notEpochs);
        return new SampledFields(types, passedOver, epochs);
    }

    boolean looksLikeTime(String field) {
        return types.get(field) == FieldType.TIMESTAMP || epochs.contains(field);
    }

    private static @Nullable String obstacle(String name, @Nullable FieldType type, Map<String, FieldType> taken) {
        if (!Names.isValid(name)) {
            return "stays a property: a name " + Names.RULE;
        }
        if (Table.isReserved(name)) {
            return "is a system column";
        }
        if (taken.keySet().stream().anyMatch(other -> other.equalsIgnoreCase(name))) {
            return "differs from another field by its case only";
        }
        if (taken.size() >= FieldReader.DIMENSIONS_MAX) {
            return "is one too many";
        }
        return type == null ? "has no value in any sample" : null;
    }

    /** Null where the two do not go together. */
    private static @Nullable FieldType joined(@Nullable FieldType one, @Nullable FieldType other) {
        if (one == null || other == null || one == other) {
            return one == null ? other : one;
        }
        boolean numbers = isNumber(one) && isNumber(other);
        boolean texts = isText(one) && isText(other);
        return numbers ? FieldType.DOUBLE : texts ? FieldType.STRING : null;
    }

    private static boolean isNumber(FieldType type) {
        return type == FieldType.LONG || type == FieldType.DOUBLE;
    }

    private static boolean isText(FieldType type) {
        return type == FieldType.STRING || type == FieldType.TIMESTAMP;
    }

    private static @Nullable FieldType type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> null;
            case BOOLEAN -> FieldType.BOOLEAN;
            case NUMBER -> value.canConvertToLong() && value.isIntegralNumber() ? FieldType.LONG : FieldType.DOUBLE;
            case STRING, BINARY -> isInstant(value.asText()) ? FieldType.TIMESTAMP : FieldType.STRING;
            case OBJECT, ARRAY, POJO -> FieldType.JSON;
        };
    }

    private static boolean isInstant(String text) {
        if (text.length() < 17 || !Character.isDigit(text.charAt(0))) {
            return false;
        }
        try {
            OffsetDateTime.parse(text.toUpperCase(Locale.ROOT));
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isEpoch(JsonNode value) {
        return value.isIntegralNumber()
                && value.longValue() >= EPOCH_MILLIS_MIN
                && value.longValue() <= EPOCH_MILLIS_MAX;
    }
}
