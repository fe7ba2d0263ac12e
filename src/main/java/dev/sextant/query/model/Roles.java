package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields play the parts that analyses ask for; null where none does.
 *
 * @param time when it happened
 * @param entity who did it
 * @param event what was done
 * @param value what it is worth
 * @param touchpoint the channel that brought it about
 */
public record Roles(
        String time,
        @Nullable String entity,
        @Nullable String event,
        @Nullable String session,
        @Nullable String value,
        @Nullable String touchpoint) {

    public static final String TIME_BY_DEFAULT = "time";

    static final Roles NONE = new Roles(TIME_BY_DEFAULT, null, null, null, null, null);

    /** The roles that are taken, in their order, with their fields. */
    Map<String, String> taken() {
        Map<String, String> taken = new LinkedHashMap<>();
        taken.put("time", time);
        put(taken, "entity", entity);
        put(taken, "event", event);
        put(taken, "session", session);
        put(taken, "value", value);
        put(taken, "touchpoint", touchpoint);
        return taken;
    }

    /** The field of this name as its first role types it; null where it plays none. */
    @Nullable
    Field field(String name) {
        if (name.equals(time)) {
            return Field.of(name, FieldType.TIMESTAMP);
        }
        if (name.equals(entity) || name.equals(event) || name.equals(session)) {
            return Field.of(name, FieldType.STRING);
        }
        if (name.equals(value)) {
            return Field.of(name, FieldType.DOUBLE);
        }
        return name.equals(touchpoint) ? Field.of(name, FieldType.STRING) : null;
    }

    private static void put(Map<String, String> taken, String role, @Nullable String field) {
        if (field != null) {
            taken.put(role, field);
        }
    }

    /** The type of a role's field that no dimension types. */
    static FieldType implicitType(String role) {
        return switch (role) {
            case "time" -> FieldType.TIMESTAMP;
            case "value" -> FieldType.DOUBLE;
            default -> FieldType.STRING;
        };
    }
}
