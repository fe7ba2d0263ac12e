package dev.sextant.query.model;

import dev.sextant.kernel.Problem.Unprocessable.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which fields play which roles. Whether the fields fit is for {@link FieldReader} to say. */
final class RoleReader {

    private final Place place;
    private final Map<String, String> before;

    /** @param before the roles of the model that is extended; null for a new one */
    RoleReader(Place place, @Nullable Roles before) {
        this.place = place;
        this.before = before == null ? Map.of() : before.taken();
    }

    Roles read() {
        String time = role("time");
        return new Roles(
                time == null ? Roles.TIME_BY_DEFAULT : time,
                role("entity"),
                role("event"),
                role("session"),
                role("value"),
                role("touchpoint"));
    }

    private @Nullable String role(String role) {
        String there = before.get(role);
        Place member = place.member(role);
        if (member.isAbsent()) {
            if (there != null && member.value().isNull()) {
                refuseChange(member, role, there);
            }
            return there;
        }
        String given = Names.read(member);
        if (there != null && given != null && !there.equals(given)) {
            refuseChange(member, role, there);
        }
        return there == null ? given : there;
    }

    private static void refuseChange(Place member, String role, String there) {
        member.refuse(
                Reason.INCOMPATIBLE_CHANGE,
                "The role %s is '%s' already, and cannot be changed".formatted(role, there));
    }
}
