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
 * @param pointer RFC 6901
 */
record Place(JsonNode value, String pointer, Refusals refusals) {

    /** Absent, or null: the two mean the same everywhere. */
    boolean isAbsent() {
        return value.isMissingNode() || value.isNull();
    }

    boolean has(String member) {
        return value.hasNonNull(member);
    }

    Place member(String name) {
        JsonNode found = value.get(name);
        return new Place(
                found == null ? MissingNode.getInstance() : found,
                pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                refusals);
    }

    void refuse(String detail) {
        refusals.add(pointer, detail);
    }

    void refuse(Reason reason, String detail) {
        refusals.add(reason, pointer, detail);
    }

    /** Refuses every member that is not named. False, and refused, where it is no object at all. */
    boolean isObjectOf(Set<String> members) {
        if (!value.isObject()) {
            refuse("must be an object");
            return false;
        }
        value.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name)) {
                member(name).refuse("is not a member here; these are: " + String.join(", ", sorted(members)));
            }
        });
        return true;
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    /** The member's elements; empty where it is absent. */
    List<Place> list(String name, int elementsMax) {
        Place member = member(name);
        if (member.isAbsent()) {
            return List.of();
        }
        return member.elements(elementsMax);
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
            elements.add(new Place(value.get(i), pointer + "/" + i, refusals));
        }
        return elements;
    }

    /** The member as text; null where it is absent. */
    @Nullable
    String text(String name) {
        Place member = member(name);
        return member.isAbsent() ? null : member.text();
    }

    /** The member as text; null, and refused, where it is absent. */
    @Nullable
    String requiredText(String name) {
        Place member = member(name);
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

    boolean flag(String name, boolean byDefault) {
        Place member = member(name);
        if (member.isAbsent()) {
            return byDefault;
        }
        if (!member.value.isBoolean()) {
            member.refuse("must be true or false");
        }
        return member.value.booleanValue();
    }
}
