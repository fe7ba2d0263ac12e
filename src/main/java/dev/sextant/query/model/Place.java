package dev.sextant.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of a body, and where it stands. What is not as asked is refused there, and read as if it were absent, so that
 * reading goes on.
 *
 * @param around what it is a member or element of; null for the body itself
 * @param name in {@code around}; the pointer of the body itself
 */
record Place(JsonNode value, @Nullable Place around, String name, Refusals refusals) {

    /** A whole body, or the part of one that stands at {@code pointer}. */
    static Place body(JsonNode value, String pointer, Refusals refusals) {
        return new Place(value, null, pointer, refusals);
    }

    /** Where it stands (RFC 6901). Made when it is needed: most places are as asked. */
    String pointer() {
        return around == null
                ? name
                : around.pointer() + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** Absent, or null: the two mean the same everywhere. */
    boolean isAbsent() {
        return value.isMissingNode() || value.isNull();
    }

    boolean has(String member) {
        return value.hasNonNull(member);
    }

    Place member(String member) {
        JsonNode found = value.get(member);
        return new Place(found == null ? MissingNode.getInstance() : found, this, member, refusals);
    }

    void refuse(String detail) {
        refusals.add(pointer(), detail);
    }

    void refuse(Reason reason, String detail) {
        refusals.add(reason, pointer(), detail);
    }

    /** Refuses every member that is not named. False, and refused, where it is no object at all. */
    boolean isObjectOf(Set<String> members) {
        if (!value.isObject()) {
            refuse("must be an object");
            return false;
        }
        value.fieldNames().forEachRemaining(given -> {
            if (!members.contains(given)) {
                member(given).refuse("is not a member here; these are: " + String.join(", ", sorted(members)));
            }
        });
        return true;
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    /** The member's elements; empty where it is absent. */
    List<Place> list(String listName, int elementsMax) {
        Place member = member(listName);
        return member.isAbsent() ? List.of() : member.elements(elementsMax);
    }

    List<Place> elements(int elementsMax) {
        if (!value.isArray()) {
            refuse("must be an array");
            return List.of();
        }
        if (value.size() > elementsMax) {
            refuse("has %,d elements; at most %,d are allowed".formatted(value.size(), elementsMax));
            return List.of();
        }
        List<Place> elements = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            elements.add(new Place(value.get(i), this, Integer.toString(i), refusals));
        }
        return elements;
    }

    /** The member as text; null where it is absent. */
    @Nullable
    String text(String textName) {
        Place member = member(textName);
        return member.isAbsent() ? null : member.text();
    }

    /** The member as text; null, and refused, where it is absent. */
    @Nullable
    String requiredText(String textName) {
        Place member = member(textName);
        if (member.isAbsent()) {
            member.refuse("is missing");
            return null;
        }
        return member.text();
    }

    @Nullable
    String text() {
        if (!value.isTextual()) {
            refuse("must be a string");
            return null;
        }
        return value.textValue();
    }

    boolean flag(String flagName, boolean byDefault) {
        Place member = member(flagName);
        if (member.isAbsent()) {
            return byDefault;
        }
        if (!member.value.isBoolean()) {
            member.refuse("must be true or false");
        }
        return member.value.booleanValue();
    }
}
