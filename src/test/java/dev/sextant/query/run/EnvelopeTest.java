package dev.sextant.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.Trace;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.CachedResult;
import dev.sextant.query.cache.Effort;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.compile.Explanation;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final Trace TRACE = new Trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

    private static Envelope envelope(DatasetState state, boolean hit) {
        ResultTable table = new ResultTable(state, null, null, List.of(), List.of(), null, null, null, true, null);
        CachedResult result = new CachedResult(
                table, Buffer.buffer("{\"a\":1"), "scan", "W/\"x\"", new Effort(250_000, 3, 4, 1_230_000));
        return new Envelope(
                new Answered("edits", result, hit ? CacheStatus.HIT : CacheStatus.MISS, state),
                Meta.queryId(TRACE),
                System.nanoTime(),
                NOW,
                null);
    }

    @Test
    void goesInBeforeTheLastBrace() {
        DatasetState state = new DatasetState(7, 1, Instant.parse("2026-11-23T14:00:00Z"), NOW.minusMillis(180));

        assertThat(envelope(state, false).json().toString())
                .matches(
                        "\\{\"a\":1,\"meta\":\\{\"query_id\":\"qry_00f067aa0ba902b7\",\"cache\":\"miss\",\"elapsed_ms\":"
                                + "[0-9]+\\.[0-9]{2},\"queue_ms\":1.23,\"rows_scanned\":250000,"
                                + "\"cost\":\\{\"quoted\":4,\"charged\":3,\"unit\":\"units\"},"
                                + "\"watermark\":\"2026-11-23T14:00:00.000Z\",\"freshness_ms\":180,\"stale\":false}}");
    }

    @Test
    void whatWasThereCostsNothing() {
        assertThat(envelope(DatasetState.EMPTY, true).json().toString())
                .contains("\"cache\":\"hit\"")
                .contains("\"queue_ms\":0.00,\"rows_scanned\":0,\"cost\":{\"quoted\":4,\"charged\":0,");
    }

    @Test
    void showsWhatTheQueryWasMadeOf() {
        Envelope plain = envelope(DatasetState.EMPTY, false);
        Explanation explanation = new Explanation("Scan", "SELECT 1", List.of());

        Envelope explained =
                new Envelope(plain.answered(), plain.queryId(), plain.startedNanos(), plain.now(), explanation);

        assertThat(explained.json().toString())
                .startsWith("{\"a\":1,\"explain\":{\"tree\":\"Scan\",\"sql\":\"SELECT 1\",\"rollups\":[]},\"meta\":{");
    }

    @Test
    void saysNothingOfDataThatThereIsNot() {
        assertThat(envelope(DatasetState.EMPTY, false).json().toString())
                .contains("\"cache\":\"miss\"")
                .endsWith("\"watermark\":null,\"freshness_ms\":null,\"stale\":false}}");
    }

    @Test
    void isNeverFresherThanNow() {
        assertThat(Meta.freshnessMillis(new DatasetState(1, 1, null, NOW.plusSeconds(5)), NOW))
                .isZero();
    }

    @Test
    void tellsCachesWhatItIs() {
        assertThat(envelope(DatasetState.EMPTY, true).headers())
                .containsEntry("etag", "W/\"x\"")
                .containsEntry("cache-status", "sextant; hit");
        assertThat(envelope(DatasetState.EMPTY, false).headers()).containsEntry("cache-status", "sextant; fwd=miss");
    }
}
