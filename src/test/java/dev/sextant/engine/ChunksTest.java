package dev.sextant.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.Chunk.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ChunksTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:30:00Z");

    private static Chunk at(String time) {
        return Chunk.of(Instant.parse(time), NOW);
    }

    @Test
    void tellsHoursApartNearNowAndDaysAndYearsFarOff() {
        assertThat(at("2026-03-10T12:59:59.999999Z")).isEqualTo(new Chunk(Span.HOUR, 492_540));
        assertThat(at("2026-03-08T12:30:00Z").span()).isEqualTo(Span.HOUR);
        assertThat(at("2026-03-08T12:29:59Z")).isEqualTo(new Chunk(Span.DAY, 20_520));
        assertThat(at("1969-12-31T23:59:59Z")).isEqualTo(new Chunk(Span.YEAR, 1969));
        assertThat(at("9999-12-31T23:59:59Z")).isEqualTo(new Chunk(Span.YEAR, 9999));
    }

    @Test
    void raisesTheVersionOfWhatGotRowsAndOfNothingElse() {
        Chunks chunks = Chunks.NONE
                .with(Map.of(at("2026-03-10T10:00:00Z"), 5L, at("2026-03-10T12:00:00Z"), 1L), 1)
                .with(Map.of(at("2026-03-10T10:00:00Z"), 2L), 2)
                .with(Map.of(at("2020-01-01T10:00:00Z"), 1L), 3);

        assertThat(version(chunks, "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z"))
                .isEqualTo(2);
        assertThat(version(chunks, "2026-03-10T11:00:00Z", "2026-03-10T13:00:00Z"))
                .isEqualTo(1);
        assertThat(version(chunks, "2026-03-10T11:00:00Z", "2026-03-10T12:00:00Z"))
                .isZero();
        assertThat(version(chunks, "2026-03-10T10:59:59.999999Z", "2026-03-10T12:00:00.000001Z"))
                .isEqualTo(2);
        assertThat(version(chunks, "2020-01-01T23:00:00Z", "2020-01-02T00:00:00Z"))
                .isEqualTo(3);
        assertThat(chunks.version(null, Instant.parse("2020-01-01T00:00:00Z"))).isZero();
        assertThat(chunks.version(null, null)).isEqualTo(3);
        assertThat(chunks.rows(Instant.parse("2026-03-10T10:30:00Z"), null)).isEqualTo(8);
        assertThat(chunks.rows(null, null)).isEqualTo(9);
    }

    @Test
    void countsALateEventWithItsDayWhateverTheHoursSay() {
        Chunks chunks = Chunks.NONE
                .with(Map.of(at("2026-03-10T10:00:00Z"), 5L), 1)
                .with(Map.of(Chunk.of(Instant.parse("2026-03-10T22:00:00Z"), NOW.plus(Duration.ofDays(9))), 1L), 2);

        assertThat(version(chunks, "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z"))
                .isEqualTo(2);
        assertThat(chunks.rows(Instant.parse("2026-03-10T10:00:00Z"), Instant.parse("2026-03-10T11:00:00Z")))
                .isEqualTo(6);
    }

    @Test
    void foldsHoursThatAreLongGoneIntoDays() {
        Map<Chunk, Long> hours = new HashMap<>();
        for (int hour = 0; hour < 600; hour++) {
            Instant time = NOW.minus(Duration.ofHours(hour));
            hours.put(Chunk.of(time, time), 10L);
        }
        Chunks chunks = Chunks.NONE.with(hours, 7);

        Chunks folded = chunks.folded(NOW);

        assertThat(chunks.isLong()).isTrue();
        assertThat(folded.isLong()).isFalse();
        assertThat(folded.rows(null, null)).isEqualTo(6_000);
        assertThat(version(folded, "2026-03-01T00:00:00Z", "2026-03-01T00:00:01Z"))
                .isEqualTo(7);
        assertThat(folded.rows(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-01T01:00:00Z")))
                .isEqualTo(240);
        assertThat(folded.rows(Instant.parse("2026-03-09T00:00:00Z"), Instant.parse("2026-03-09T01:00:00Z")))
                .isEqualTo(10);
    }

    @Test
    void neverKeepsTheVersionOfARangeWhoseDataChanged() {
        Random random = new Random(11);
        Chunks chunks = Chunks.NONE;
        TreeMap<Instant, Long> timeToVersion = new TreeMap<>();
        Instant now = NOW;

        for (long version = 1; version <= 2_000; version++) {
            now = now.plus(Duration.ofMinutes(random.nextInt(60)));
            Instant time = now.minus(Duration.ofMinutes(random.nextInt(random.nextBoolean() ? 60 : 20_000)));
            chunks = chunks.with(Map.of(Chunk.of(time, now), 1L), version);
            chunks = version % 100 == 0 ? chunks.folded(now) : chunks;
            timeToVersion.put(time, version);
            Instant from = NOW.plus(Duration.ofHours(random.nextInt(1_000) - 100));
            Instant to = from.plus(Duration.ofHours(1 + random.nextInt(50)));

            long lastChange = timeToVersion.subMap(from, to).values().stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0);
            assertThat(chunks.version(from, to)).isGreaterThanOrEqualTo(lastChange);
            assertThat(chunks.rows(from, to))
                    .isGreaterThanOrEqualTo(timeToVersion.subMap(from, to).size());
        }
    }

    @Test
    void holdsTheVersionOfTheWholeForEachRangeWhereNoMoreIsKnown() {
        DatasetState state = new DatasetState(9, 100, null, null);

        assertThat(version(state.chunks(), "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z"))
                .isEqualTo(9);
        assertThat(state.chunks().rows(NOW, null)).isEqualTo(100);
    }

    private static long version(Chunks chunks, String from, String to) {
        return chunks.version(Instant.parse(from), Instant.parse(to));
    }
}
