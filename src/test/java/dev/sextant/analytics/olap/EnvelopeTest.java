package dev.sextant.analytics.olap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.Trace;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.CachedResult;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.run.Answered;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final Trace TRACE = new Trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

    private static Envelope envelope(DatasetState state, boolean hit) {
        ResultTable table = new ResultTable(state, null, List.of(), List.of(), null, null, true);
        CachedResult result = new CachedResult(table, Buffer.buffer("{\"a\":1"), "W/\"x\"");
        Answered answered = new Answered(result, hit ? CacheStatus.HIT : CacheStatus.MISS, state);
        return new Envelope(answered, TRACE, System.nanoTime(), NOW);
    }

    @Test
    void goesInBeforeTheLastBrace() {
        DatasetState state = new DatasetState(7, 1, Instant.parse("2026-11-23T14:00:00Z"), NOW.minusMillis(180));

        assertThat(envelope(state, true).json().toString())
                .matches(
                        "\\{\"a\":1,\"meta\":\\{\"query_id\":\"qry_00f067aa0ba902b7\",\"cache\":\"hit\",\"elapsed_ms\":"
                                + "[0-9]+\\.[0-9]{2},\"watermark\":\"2026-11-23T14:00:00.000Z\",\"freshness_ms\":180}}");
    }

    @Test
    void saysNothingOfDataThatThereIsNot() {
        assertThat(envelope(DatasetState.EMPTY, false).json().toString())
                .contains("\"cache\":\"miss\"")
                .endsWith("\"watermark\":null,\"freshness_ms\":null}}");
    }

    @Test
    void isNeverFresherThanNow() {
        assertThat(Envelope.freshnessMillis(new DatasetState(1, 1, null, NOW.plusSeconds(5)), NOW))
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
