package dev.sextant.query.model;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads ranges of time. */
final class RangeReader {

    private static final Set<String> MEMBERS = Set.of("last", "from", "to");

    private RangeReader() {}

    /** Null for all time, and where anything is refused. */
    static @Nullable TimeRange read(Place range) {
        if (range.isAbsent() || !range.isObjectOf(MEMBERS)) {
            return null;
        }
        boolean absolute = range.has("from") || range.has("to");
        if (range.has("last") == absolute) {
            range.refuse("needs either last, or from and to");
            return null;
        }
        if (absolute && !(range.has("from") && range.has("to"))) {
            range.refuse("needs both from and to");
            return null;
        }
        return absolute ? between(range) : last(range.member("last"));
    }

    private static @Nullable TimeRange last(Place place) {
        String text = place.text();
        Grain amount = text == null ? null : Grain.parse(text).orElse(null);
        if (amount == null) {
            place.refuse("must be an amount of time such as 15m, 24h or 30d");
            return null;
        }
        return new TimeRange.Last(amount);
    }

    /** The members {@code from} and {@code to}; null where anything is refused. */
    static TimeRange.@Nullable Between between(Place range) {
        Instant from = ValueReader.instant(range.member("from"));
        Instant to = ValueReader.instant(range.member("to"));
        if (from == null || to == null) {
            return null;
        }
        if (!from.isBefore(to)) {
            range.refuse("from must be earlier than to");
            return null;
        }
        return new TimeRange.Between(from, to);
    }
}
