package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a query groups by. */
final class DimensionReader {

    private static final Set<String> PLAIN = Set.of("field", "as");
    private static final Set<String> BUCKET = Set.of("time", "grain", "tz", "week_start", "as");
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private final Vocabulary vocabulary;

    DimensionReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Null where anything is refused. */
    @Nullable
    Dimension read(Place place) {
        if (place.value().isTextual()) {
            Field field = field(place, place);
            return field == null ? null : new Dimension.Plain(field.name(), field.name());
        }
        if (place.has("bins")) {
            place.member("bins").refuse(Reason.NOT_SUPPORTED, "Bins are not supported yet");
            return null;
        }
        return place.has("time") ? bucket(place) : plain(place);
    }

    private @Nullable Dimension plain(Place place) {
        if (!place.isObjectOf(PLAIN)) {
            return null;
        }
        Place named = place.member("field");
        if (named.isAbsent()) {
            place.refuse("needs field, or time and grain");
            return null;
        }
        Field field = field(named, named);
        return field == null ? null : new Dimension.Plain(field.name(), alias(place, field));
    }

    private @Nullable Dimension bucket(Place place) {
        if (!place.isObjectOf(BUCKET)) {
            return null;
        }
        Field field = field(place.member("time"), place.member("time"));
        Grain grain = grain(place);
        ZoneId zone = zone(place.member("tz"));
        DayOfWeek weekStart = weekStart(place.member("week_start"), grain);
        if (field == null || grain == null) {
            return null;
        }
        if (field.type() != FieldType.TIMESTAMP) {
            place.member("time").refuse(Reason.TYPE_MISMATCH, "Field '%s' is no timestamp".formatted(field.name()));
            return null;
        }
        return new Dimension.TimeBucket(field.name(), grain, zone, weekStart, alias(place, field));
    }

    private @Nullable Field field(Place named, Place refusedAt) {
        String name = named.text();
        return name == null ? null : vocabulary.field(name, refusedAt);
    }

    private static String alias(Place place, Field field) {
        Place alias = place.member("as");
        String name = alias.isAbsent() ? null : Names.read(alias);
        return name == null ? field.name() : name;
    }

    private static @Nullable Grain grain(Place place) {
        String text = place.requiredText("grain");
        if (text == null) {
            return null;
        }
        Optional<Grain> grain = Grain.parse(text);
        if (grain.isEmpty()) {
            place.member("grain")
                    .refuse("must be such as 15m, 1h, 1d, 1w, 1mo, 1q, 1y, or an ISO 8601 period of one part");
        }
        return grain.orElse(null);
    }

    private static ZoneId zone(Place place) {
        String name = place.isAbsent() ? null : place.text();
        if (name == null) {
            return ZoneOffset.UTC;
        }
        if (!ZONES.contains(name) || name.startsWith("SystemV/")) {
            place.refuse("is no time zone of the IANA database; give one such as Europe/Berlin");
            return ZoneOffset.UTC;
        }
        ZoneId zone = ZoneId.of(name);
        return zone.normalized().equals(ZoneOffset.UTC) ? ZoneOffset.UTC : zone;
    }

    private static DayOfWeek weekStart(Place place, @Nullable Grain grain) {
        String name = place.isAbsent() ? null : place.text();
        if (name == null) {
            return DayOfWeek.MONDAY;
        }
        if (grain != null && grain.unit() != Grain.Unit.WEEK) {
            place.refuse("belongs to a grain of weeks");
            return DayOfWeek.MONDAY;
        }
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().toLowerCase(Locale.ROOT).equals(name)) {
                return day;
            }
        }
        place.refuse("must be a day of the week, such as monday");
        return DayOfWeek.MONDAY;
    }
}
