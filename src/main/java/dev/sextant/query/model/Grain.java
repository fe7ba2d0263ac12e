package dev.sextant.query.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of time: {@code 15m}, {@code 1mo}.
 *
 * @param amount 1 to {@link #AMOUNT_MAX}
 */
public record Grain(int amount, Unit unit) {

    public static final int AMOUNT_MAX = 100_000;

    /** What is counted, with its letters on the wire. */
    public enum Unit {
        SECOND("s", Duration.ofSeconds(1)),
        MINUTE("m", Duration.ofMinutes(1)),
        HOUR("h", Duration.ofHours(1)),
        DAY("d", Duration.ofDays(1)),
        WEEK("w", Duration.ofDays(7)),
        MONTH("mo", Duration.ofDays(28)),
        QUARTER("q", Duration.ofDays(90)),
        YEAR("y", Duration.ofDays(365));

        private final String letters;
        private final Duration atLeast;

        Unit(String letters, Duration atLeast) {
            this.letters = letters;
            this.atLeast = atLeast;
        }

        /** Its length in months: 1, 3 or 12; 0 for those that are counted in seconds or days. */
        public int months() {
            return switch (this) {
                case MONTH -> 1;
                case QUARTER -> 3;
                case YEAR -> 12;
                default -> 0;
            };
        }

        static Optional<Unit> of(String letters) {
            for (Unit unit : values()) {
                if (unit.letters.equals(letters)) {
                    return Optional.of(unit);
                }
            }
            return Optional.empty();
        }
    }

    private static final Pattern SHORT = Pattern.compile("([1-9][0-9]{0,5})(s|m|h|d|w|mo|q|y)");

    /** One part only: {@code P1D}, {@code PT15M}. Source: ISO 8601-1 (2019), 5.5.2.4. */
    private static final Pattern ISO = Pattern.compile("P(T?)([1-9][0-9]{0,5})([YMWDHS])");

    public Grain {
        if (amount < 1 || amount > AMOUNT_MAX) {
            throw new IllegalArgumentException("An amount of time is 1 to " + AMOUNT_MAX);
        }
    }

    /** Empty where the text is neither {@code <n><unit>} nor an ISO 8601 period of one part. */
    public static Optional<Grain> parse(String text) {
        Matcher brief = SHORT.matcher(text);
        if (brief.matches()) {
            return Unit.of(brief.group(2)).flatMap(unit -> of(brief.group(1), unit));
        }
        Matcher iso = ISO.matcher(text);
        return iso.matches()
                ? isoUnit(!iso.group(1).isEmpty(), iso.group(3)).flatMap(unit -> of(iso.group(2), unit))
                : Optional.empty();
    }

    private static Optional<Grain> of(String digits, Unit unit) {
        int amount = Integer.parseInt(digits);
        return amount > AMOUNT_MAX ? Optional.empty() : Optional.of(new Grain(amount, unit));
    }

    private static Optional<Unit> isoUnit(boolean ofTime, String letter) {
        return switch (letter) {
            case "M" -> Optional.of(ofTime ? Unit.MINUTE : Unit.MONTH);
            case "H", "S" -> ofTime ? Unit.of(letter.toLowerCase(Locale.ROOT)) : Optional.empty();
            default -> ofTime ? Optional.empty() : Unit.of(letter.toLowerCase(Locale.ROOT));
        };
    }

    /** As {@link #parse} takes it: {@code 15m}. */
    public String format() {
        return amount + unit.letters;
    }

    /** The usual next step down; null where there is none. */
    @Nullable
    Grain finer() {
        if (amount > 1) {
            return new Grain(1, unit);
        }
        return switch (unit) {
            case YEAR -> new Grain(1, Unit.QUARTER);
            case QUARTER -> new Grain(1, Unit.MONTH);
            case MONTH, WEEK -> new Grain(1, Unit.DAY);
            case DAY -> new Grain(1, Unit.HOUR);
            case HOUR -> new Grain(1, Unit.MINUTE);
            case MINUTE -> new Grain(1, Unit.SECOND);
            case SECOND -> null;
        };
    }

    /** The shortest that such a stretch can be: a month has 28 days here. */
    public Duration atLeast() {
        return unit.atLeast.multipliedBy(amount);
    }

    /** This much earlier, days and longer in the UTC calendar. */
    Instant before(Instant now) {
        return before(now, ZoneOffset.UTC);
    }

    /** This much earlier, days and longer in the calendar of the zone. */
    Instant before(Instant now, ZoneId zone) {
        return switch (unit) {
            case SECOND, MINUTE, HOUR -> now.minus(atLeast());
            case DAY, WEEK -> now.atZone(zone).minusDays(atLeast().toDays()).toInstant();
            case MONTH, QUARTER, YEAR ->
                now.atZone(zone).minusMonths((long) amount * unit.months()).toInstant();
        };
    }
}
