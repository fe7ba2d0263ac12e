package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.ModelReader;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Buckets of time against java.time, around the days on which clocks are changed. */
class TimeBucketIT {

    private static final DatasetModel MODEL = ModelReader.read(Bodies.json("{}"), "");
    private static final List<Instant> INSTANTS = new ArrayList<>();
    private static @Nullable DuckDbTables tables;
    private static @Nullable Asking asking;

    @BeforeAll
    static void load() throws SQLException {
        for (String day : List.of(
                "1969-12-30",
                "2015-02-21",
                "2015-03-07",
                "2015-03-29",
                "2015-04-04",
                "2015-10-03",
                "2015-10-17",
                "2015-10-25",
                "2015-11-01",
                "2016-01-01")) {
            Instant around = Instant.parse(day + "T00:00:00Z");
            for (int i = -100; i < 300; i++) {
                INSTANTS.add(around.plus(Duration.ofSeconds(503L * i)).plusNanos(123_000L * Math.abs(i)));
            }
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        INSTANTS.forEach(instant -> rows.add(Map.of("__time", instant)));
        tables = new DuckDbTables();
        tables.create(MODEL.table("clock"));
        tables.insert("clock", rows);
        asking = new Asking(tables, "clock", MODEL);
    }

    @AfterAll
    static void close() throws SQLException {
        if (tables != null) {
            tables.close();
        }
    }

    private static List<List<@Nullable Object>> rows(String grain, String zone, String more) {
        return Objects.requireNonNull(asking).rows("""
                {'dimensions': [{'time': 'time', 'grain': '%s', 'tz': '%s'}], 'measures': [{'agg': 'count'}],
                 'limit': 10000 %s}""".formatted(grain, zone, more));
    }

    static Stream<Arguments> grainsAndZones() {
        List<String> zones = List.of(
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "America/Havana",
                "America/Sao_Paulo",
                "Australia/Lord_Howe",
                "Asia/Kathmandu");
        return Stream.of(
                        "10s", "15m", "7m", "90m", "1h", "2h", "6h", "1d", "3d", "1w", "2w", "1mo", "2mo", "1q", "1y",
                        "10y")
                .flatMap(grain -> zones.stream().map(zone -> Arguments.of(grain, zone)));
    }

    @ParameterizedTest
    @MethodSource("grainsAndZones")
    void agreeWithJavaTime(String grain, String zone) {
        Grain parsed = Grain.parse(grain).orElseThrow();
        Map<Instant, Long> expected = INSTANTS.stream()
                .collect(Collectors.groupingBy(
                        instant -> start(instant, parsed, ZoneId.of(zone)), TreeMap::new, Collectors.counting()));

        assertThat(rows(grain, zone, ""))
                .isEqualTo(expected.entrySet().stream()
                        .map(bucket -> List.<Object>of(bucket.getKey(), bucket.getValue()))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("grainsAndZones")
    void agreeWithJavaTimeWithinARangeInWhichClocksChange(String grain, String zone) {
        Grain parsed = Grain.parse(grain).orElseThrow();
        Instant from = Instant.parse("2015-02-10T07:30:00Z");
        Instant to = Instant.parse("2015-11-20T12:00:00Z");
        Map<Instant, Long> expected = INSTANTS.stream()
                .filter(instant -> !instant.isBefore(from) && instant.isBefore(to))
                .collect(Collectors.groupingBy(
                        instant -> start(instant, parsed, ZoneId.of(zone)), TreeMap::new, Collectors.counting()));

        assertThat(expected).isNotEmpty();
        assertThat(rows(grain, zone, ", 'time_range': {'from': '%s', 'to': '%s'}".formatted(from, to)))
                .isEqualTo(expected.entrySet().stream()
                        .map(bucket -> List.<Object>of(bucket.getKey(), bucket.getValue()))
                        .toList());
    }

    private static Instant start(Instant instant, Grain grain, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        LocalDateTime mark = mark(local, grain);
        boolean elapsing = grain.unit() == Grain.Unit.SECOND
                || grain.unit() == Grain.Unit.MINUTE
                || (grain.unit() == Grain.Unit.HOUR && grain.amount() == 1);
        return elapsing
                ? instant.minus(Duration.between(mark, local))
                : mark.atZone(zone).toInstant();
    }

    private static LocalDateTime mark(LocalDateTime local, Grain grain) {
        long amount = grain.amount();
        long days = local.toLocalDate().toEpochDay();
        return switch (grain.unit()) {
            case SECOND, MINUTE, HOUR -> {
                long width = grain.atLeast().toSeconds();
                long seconds = local.toEpochSecond(ZoneOffset.UTC);
                yield LocalDateTime.ofEpochSecond(Math.floorDiv(seconds, width) * width, 0, ZoneOffset.UTC);
            }
            case DAY ->
                LocalDate.ofEpochDay(Math.floorDiv(days, amount) * amount).atStartOfDay();
            case WEEK -> // 1969-12-29 was a Monday, three days before day 0
                LocalDate.ofEpochDay(Math.floorDiv(days + 3, 7 * amount) * 7 * amount - 3)
                        .atStartOfDay();
            case MONTH, QUARTER, YEAR -> {
                long months = ChronoUnit.MONTHS.between(
                        LocalDate.EPOCH, local.toLocalDate().withDayOfMonth(1));
                long width = amount * grain.unit().months();
                yield LocalDate.EPOCH
                        .plusMonths(Math.floorDiv(months, width) * width)
                        .atStartOfDay();
            }
        };
    }

    @Test
    void aDayHas25HoursInAutumnAnd23InSpring() {
        String autumn = ", 'time_range': {'from': '2015-10-24T22:00:00Z', 'to': '2015-10-25T23:00:00Z'}";
        String spring = ", 'time_range': {'from': '2015-03-28T23:00:00Z', 'to': '2015-03-29T22:00:00Z'}";

        assertThat(rows("1h", "Europe/Berlin", autumn)).hasSize(25);
        assertThat(rows("1d", "Europe/Berlin", autumn))
                .extracting(List::getFirst)
                .containsExactly(Instant.parse("2015-10-24T22:00:00Z"));
        assertThat(rows("1h", "Europe/Berlin", spring)).hasSize(23);
        assertThat(rows("1d", "Europe/Berlin", spring))
                .extracting(List::getFirst)
                .containsExactly(Instant.parse("2015-03-28T23:00:00Z"));
    }

    @Test
    void aDayBeginsWhenTheClockFirstShowsMidnight() {
        // On this Sunday, Havana's clocks went from 01:00 back to 00:00: midnight came at 04:00 and at 05:00 UTC.
        String sunday = ", 'time_range': {'from': '2015-11-01T04:00:00Z', 'to': '2015-11-02T05:00:00Z'}";

        assertThat(rows("1d", "America/Havana", sunday))
                .extracting(List::getFirst)
                .containsExactly(Instant.parse("2015-11-01T04:00:00Z"));
    }

    @ParameterizedTest
    @EnumSource(DayOfWeek.class)
    void weeksBeginOnTheDayAsked(DayOfWeek day) {
        Map<Instant, Long> expected = INSTANTS.stream()
                .collect(Collectors.groupingBy(
                        instant -> instant.atOffset(ZoneOffset.UTC)
                                .toLocalDate()
                                .with(TemporalAdjusters.previousOrSame(day))
                                .atStartOfDay()
                                .toInstant(ZoneOffset.UTC),
                        TreeMap::new,
                        Collectors.counting()));

        List<List<@Nullable Object>> rows =
                Objects.requireNonNull(asking).rows("""
                {'dimensions': [{'time': 'time', 'grain': '1w', 'week_start': '%s'}], 'measures': [{'agg': 'count'}]}""".formatted(day.name().toLowerCase(Locale.ROOT)));

        assertThat(rows)
                .isEqualTo(expected.entrySet().stream()
                        .map(week -> List.<Object>of(week.getKey(), week.getValue()))
                        .toList());
    }
}
