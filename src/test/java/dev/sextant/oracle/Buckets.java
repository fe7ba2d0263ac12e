package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;

/** Which stretch of time an instant falls into, by the calendar of java.time. */
final class Buckets {

    private final long amount;
    private final String unit;
    private final ZoneId zone;
    private final DayOfWeek weekStart;

    Buckets(JsonNode dimension) {
        Span grain = Span.parse(dimension.get("grain").textValue());
        this.unit = grain.unit();
        this.amount = grain.amount();
        this.zone = zone(dimension);
        this.weekStart =
                DayOfWeek.valueOf(dimension.path("week_start").asText("monday").toUpperCase(Locale.ROOT));
    }

    static ZoneId zone(JsonNode dimension) {
        return ZoneId.of(dimension.path("tz").asText("UTC"));
    }

    Instant start(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        LocalDateTime mark = mark(local);
        boolean isShort = unit.equals("s") || unit.equals("m") || (unit.equals("h") && amount == 1);
        return isShort ? instant.minus(Duration.between(mark, local)) : firstShown(mark);
    }

    private LocalDateTime mark(LocalDateTime local) {
        return switch (unit) {
            case "s" -> floorSeconds(local, amount);
            case "m" -> floorSeconds(local, amount * 60);
            case "h" -> floorSeconds(local, amount * 3600);
            case "d" -> floorDays(local, LocalDate.EPOCH, amount);
            case "w" -> floorDays(local, LocalDate.EPOCH.with(TemporalAdjusters.previousOrSame(weekStart)), amount * 7);
            case "mo" -> floorMonths(local, amount);
            case "q" -> floorMonths(local, amount * 3);
            case "y" -> floorMonths(local, amount * 12);
            default -> throw new IllegalArgumentException(unit);
        };
    }

    private static LocalDateTime floorSeconds(LocalDateTime local, long step) {
        long second = local.toEpochSecond(ZoneOffset.UTC);
        return LocalDateTime.ofEpochSecond(Math.floorDiv(second, step) * step, 0, ZoneOffset.UTC);
    }

    private static LocalDateTime floorDays(LocalDateTime local, LocalDate origin, long step) {
        long days = local.toLocalDate().toEpochDay() - origin.toEpochDay();
        return origin.plusDays(Math.floorDiv(days, step) * step).atTime(LocalTime.MIDNIGHT);
    }

    private static LocalDateTime floorMonths(LocalDateTime local, long step) {
        long months = (local.getYear() - 1970) * 12L + local.getMonthValue() - 1;
        return LocalDate.EPOCH.plusMonths(Math.floorDiv(months, step) * step).atTime(LocalTime.MIDNIGHT);
    }

    /** The first instant at which the clock shows the mark, or is past it where it never does. */
    private Instant firstShown(LocalDateTime mark) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(mark);
        if (transition == null) {
            return mark.atZone(zone).toInstant();
        }
        return transition.isGap() ? transition.getInstant() : mark.toInstant(transition.getOffsetBefore());
    }
}
