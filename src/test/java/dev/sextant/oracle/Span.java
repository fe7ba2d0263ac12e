package dev.sextant.oracle;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of time as queries write it: {@code 15m}, {@code P1M}. */
record Span(int amount, String unit) {

    private static final Pattern ISO = Pattern.compile("P(T?)([0-9]+)([A-Z])");

    static Span parse(String text) {
        String brief = brief(text);
        String unit = brief.replaceAll("[0-9]", "");
        return new Span(Integer.parseInt(brief.substring(0, brief.length() - unit.length())), unit);
    }

    /** {@code PT15M} as {@code 15m}. */
    static String brief(String text) {
        Matcher iso = ISO.matcher(text);
        if (!iso.matches()) {
            return text;
        }
        String letter = iso.group(3).toLowerCase(Locale.ROOT);
        return iso.group(2) + (letter.equals("m") && iso.group(1).isEmpty() ? "mo" : letter);
    }

    /** 0 where it is no number of months. */
    long months() {
        return amount
                * switch (unit) {
                    case "mo" -> 1L;
                    case "q" -> 3L;
                    case "y" -> 12L;
                    default -> 0L;
                };
    }

    /** At least: a month has 28 days here. */
    long seconds() {
        return amount
                * switch (unit) {
                    case "s" -> 1L;
                    case "m" -> 60L;
                    case "h" -> 3_600L;
                    case "d" -> 86_400L;
                    case "w" -> 7 * 86_400L;
                    default -> months() / amount * 28 * 86_400L;
                };
    }

    /** Whether it is so much time, and not so many days on a calendar. */
    boolean isElapsed() {
        return unit.equals("s") || unit.equals("m") || unit.equals("h");
    }

    /** This much earlier, days and longer in the calendar of the zone. */
    Instant before(Instant instant, ZoneId zone) {
        if (isElapsed()) {
            return instant.minusSeconds(seconds());
        }
        return months() > 0
                ? instant.atZone(zone).minusMonths(months()).toInstant()
                : instant.atZone(zone).minusDays(seconds() / 86_400).toInstant();
    }
}
