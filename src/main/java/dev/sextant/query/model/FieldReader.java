package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the typed fields of a model, and checks that the roles' fields fit. */
final class FieldReader {

    static final int DIMENSIONS_MAX = 400;
    static final int UNIT_LENGTH_MAX = 32;

    private static final Map<String, FieldType> TYPES = Map.of(
            "string", FieldType.STRING,
            "long", FieldType.LONG,
            "double", FieldType.DOUBLE,
            "boolean", FieldType.BOOLEAN,
            "timestamp", FieldType.TIMESTAMP,
            "json", FieldType.JSON);

    private final Place place;
    private final DatasetModel base;
    private final Roles roles;

    FieldReader(Place place, DatasetModel base, Roles roles) {
        this.place = place;
        this.base = base;
        this.roles = roles;
    }

    /** All dimensions: those that are there, and then the new ones. */
    List<Field> read() {
        List<Field> all = new ArrayList<>(base.dimensions());
        Map<String, String> lowerToName = new HashMap<>();
        for (Place at : place.list("dimensions", DIMENSIONS_MAX)) {
            Field field = field(at);
            if (field == null || ModelReader.isThere(base.dimensions(), field, Field::name, at)) {
                continue;
            }
            if (lowerToName.put(field.name().toLowerCase(Locale.ROOT), field.name()) != null) {
                at.member("name").refuse("is declared already: names must differ by more than their case");
                continue;
            }
            refuseChangedType(field, at);
            all.add(field);
        }
        if (all.size() > DIMENSIONS_MAX) {
            place.member("dimensions")
                    .refuse("would be %,d; at most %,d are allowed".formatted(all.size(), DIMENSIONS_MAX));
        }
        refuseUnfitRoles(all);
        return all;
    }

    private @Nullable Field field(Place at) {
        if (!at.isObjectOf(Set.of("name", "type", "unit", "currency"))) {
            return null;
        }
        String name = ModelReader.name(at);
        String typeName = at.requiredText("type");
        FieldType type = typeName == null ? null : TYPES.get(typeName);
        if (typeName != null && type == null) {
            at.member("type").refuse(Names.unknownOf("Type", typeName, TYPES.keySet()));
        }
        if (name == null || type == null || isReserved(name, at.member("name"))) {
            return null;
        }
        return new Field(name, type, unit(at), currency(at));
    }

    static @Nullable String unit(Place at) {
        String unit = at.text("unit");
        if (unit != null && (unit.isBlank() || unit.length() > UNIT_LENGTH_MAX)) {
            at.member("unit").refuse("must have 1 to %d characters".formatted(UNIT_LENGTH_MAX));
        }
        return unit;
    }

    static @Nullable String currency(Place at) {
        String currency = at.text("currency");
        if (currency != null && !currency.matches("[A-Z]{3}")) {
            at.member("currency").refuse("must be an ISO 4217 code such as EUR");
        }
        return currency;
    }

    private static boolean isReserved(String name, Place at) {
        boolean reserved = Table.isReserved(name);
        if (reserved) {
            at.refuse("'%s' is a system column: every event has it, whatever the model says".formatted(name));
        }
        return reserved;
    }

    /** A role's field has a type though none declared it. */
    private void refuseChangedType(Field field, Place at) {
        boolean changed = !base.equals(DatasetModel.EMPTY)
                && base.ownFields().stream()
                        .anyMatch(there -> there.name().equals(field.name()) && there.type() != field.type());
        if (changed) {
            at.member("type")
                    .refuse(
                            Reason.INCOMPATIBLE_CHANGE,
                            "Field '%s' has another type already, by its role".formatted(field.name()));
        }
    }

    private void refuseUnfitRoles(List<Field> dimensions) {
        Map<String, Field> lowerToField = new HashMap<>();
        dimensions.forEach(field -> lowerToField.put(field.name().toLowerCase(Locale.ROOT), field));
        roles.taken().forEach((role, name) -> {
            Place at = place.member(role);
            Field typed = lowerToField.get(name.toLowerCase(Locale.ROOT));
            if (isReserved(name, at)) {
                return;
            }
            if (!role.equals("time") && name.equalsIgnoreCase(roles.time())) {
                at.refuse("is the time field, which plays no other role");
            } else if (typed == null) {
                lowerToField.put(name.toLowerCase(Locale.ROOT), Field.of(name, Roles.implicitType(role)));
            } else if (!typed.name().equals(name)) {
                at.refuse("differs from the field '%s' by its case only".formatted(typed.name()));
            } else if (!fits(role, typed)) {
                at.refuse(Reason.TYPE_MISMATCH, "The role %s needs %s".formatted(role, need(role)));
            }
        });
    }

    private static boolean fits(String role, Field field) {
        return switch (role) {
            case "time" -> field.type() == FieldType.TIMESTAMP;
            case "value" -> field.isNumeric();
            case "event", "touchpoint" -> field.type() == FieldType.STRING;
            default -> field.type() == FieldType.STRING || field.type() == FieldType.LONG;
        };
    }

    private static String need(String role) {
        return switch (role) {
            case "time" -> "a timestamp";
            case "value" -> "a number: long or double";
            case "event", "touchpoint" -> "a string";
            default -> "a string or a long";
        };
    }
}
