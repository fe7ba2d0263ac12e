package dev.sextant.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A month or a day of UTC; {@code to} is the first instant after it. */
record UsagePeriod(Instant from, Instant to) {

    private static final int MONTH_LENGTH = 7;

    /** Reads {@code 2026-11} and {@code 2026-11-24}; empty where there is no such month or day. */
    static Optional<UsagePeriod> parse(String text) {
        try {
            return Optional.of(text.length() == MONTH_LENGTH ? of(YearMonth.parse(text)) : of(LocalDate.parse(text)));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** The month in which it is. */
    static UsagePeriod monthOf(Instant instant) {
        return of(YearMonth.from(instant.atOffset(ZoneOffset.UTC)));
    }

    boolean holds(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    private static UsagePeriod of(YearMonth month) {
        return new UsagePeriod(start(month.atDay(1)), start(month.plusMonths(1).atDay(1)));
    }

    private static UsagePeriod of(LocalDate day) {
        return new UsagePeriod(start(day), start(day.plusDays(1)));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
