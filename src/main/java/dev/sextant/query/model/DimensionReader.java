package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.Expression.Cast;
import dev.sextant.query.expression.Expression.Subject;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a query groups by. */
final class DimensionReader {

    private static final Set<String> VALUE = Set.of("field", "type", "expr", "bins", "as");
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
        return place.has("time") ? bucket(place) : value(place);
    }

    private @Nullable Dimension value(Place place) {
        if (!place.isObjectOf(VALUE)) {
            return null;
        }
        if (place.has("field") == place.has("expr")) {
            place.refuse("needs field, or expr, or time and grain");
            return null;
        }
        Expression value = place.has("field") ? ofField(place) : ofText(place);
        if (value == null) {
            return null;
        }
        String as = alias(place, nameByDefault(value));
        if (place.has("bins")) {
            return binned(place, value, as);
        }
        return value instanceof Subject subject
                ? new Dimension.Plain(subject.name(), as)
                : new Dimension.Computed(value, as);
    }

    private @Nullable Expression ofField(Place place) {
        Field field = field(place.member("field"), place.member("field"));
        return field == null ? null : ExpressionPlace.field(field, place.member("type"));
    }

    private @Nullable Expression ofText(Place place) {
        if (place.has("type")) {
            place.member("type").refuse("belongs to a field: an expression says CAST(… AS …)");
        }
        Expression value = ExpressionPlace.value(place.member("expr"), vocabulary);
        if (value != null
                && !place.has("as")
                && ExpressionPlace.castField(value) == null
                && !(value instanceof Subject)) {
            place.member("as").refuse("is missing: what is computed needs a name");
            return null;
        }
        return value;
    }

    static String nameByDefault(Expression value) {
        String field = ExpressionPlace.castField(value);
        return field == null && value instanceof Subject subject
                ? subject.name()
                : field == null ? "expression" : field;
    }

    private static @Nullable Dimension binned(Place place, Expression value, String as) {
        Bins bins = BinsReader.read(place.member("bins"));
        Expression number = Fields.isUntyped(value) ? new Cast(value, FieldType.DOUBLE) : value;
        boolean fits = number.type() == FieldType.LONG || number.type() == FieldType.DOUBLE;
        if (!fits) {
            place.member("bins").refuse(Reason.TYPE_MISMATCH, "Bins are of numbers, and the value is none");
        }
        return bins == null || !fits ? null : new Dimension.Binned(number, bins, as);
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
        return new Dimension.TimeBucket(field.name(), grain, zone, weekStart, alias(place, field.name()));
    }

    private @Nullable Field field(Place named, Place refusedAt) {
        String name = named.text();
        return name == null ? null : vocabulary.field(name, refusedAt);
    }

    private static String alias(Place place, String byDefault) {
        Place alias = place.member("as");
        String name = alias.isAbsent() ? null : Names.read(alias);
        return name == null ? byDefault : name;
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
            place.refuse("is no time zone here: give one of the IANA database by its region, such as Europe/Berlin or "
                    + "America/New_York, and not by an abbreviation or an offset");
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
