package dev.sextant.oracle;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Instants around changes of clocks, leap days and 1970, and some far away. */
final class RandomTimes {

    /** Not Africa/Casablanca: JDK and DuckDB have editions of the IANA database that differ on it from 2026-09-20 on. */
    static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kolkata",
            "America/Havana",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "America/Sao_Paulo",
            "Asia/Kathmandu",
            "Africa/Cairo",
            "Atlantic/Azores",
            "Etc/GMT+5",
            "America/St_Johns",
            "Asia/Beirut",
            "Antarctica/Troll");

    private static final List<Instant> MARKS = List.of(
            Instant.EPOCH,
            Instant.parse("2000-02-29T00:00:00Z"),
            Instant.parse("2016-03-01T00:00:00Z"),
            Instant.parse("2024-02-29T12:00:00Z"),
            Instant.parse("2024-12-31T23:59:59.999999Z"),
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("1999-12-31T23:00:00Z"));

    private final Random random;
    private final List<Instant> around;

    RandomTimes(Random random) {
        this.random = random;
        this.around = List.of(transition(), transition(), MARKS.get(random.nextInt(MARKS.size())));
    }

    Instant next() {
        Instant mark = around.get(random.nextInt(around.size()));
        Instant instant = switch (random.nextInt(5)) {
            case 0 -> mark;
            case 1 -> mark.plusSeconds(random.nextInt(-7200, 7200));
            case 2 -> mark.plus(random.nextLong(-86_400_000_000L, 86_400_000_000L), ChronoUnit.MICROS);
            case 3 -> mark.plus(random.nextInt(-40, 40), ChronoUnit.DAYS);
            default -> mark.minus(1, ChronoUnit.MICROS);
        };
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private Instant transition() {
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        Instant year = Instant.ofEpochSecond(random.nextLong(0, 2_100_000_000L));
        @Nullable ZoneOffsetTransition next = zone.getRules().nextTransition(year);
        return next == null ? year.truncatedTo(ChronoUnit.SECONDS) : next.getInstant();
    }
}
