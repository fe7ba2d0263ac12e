package dev.sextant.engine.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.engine.druid.DruidConfig.Datasources.Span;
import dev.sextant.engine.druid.Overlord.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RewriteTaskTest {

    private static final long BEGIN = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();
    private static final RewriteTask TASK = new RewriteTask("pool_a", BEGIN, 7, 12);

    private static String killId(Map<String, Outcome> tasks) {
        return TASK.killJson(Span.DAY, tasks).path("id").asText();
    }

    @Test
    void isKnownByItsIdAndByThatOfTheOneAfterIt() {
        assertThat(RewriteTask.of("pool_a", TASK.id())).contains(TASK);
        assertThat(RewriteTask.of("pool_a", killId(Map.of()))).contains(TASK);
        assertThat(RewriteTask.of("pool", TASK.id())).isEmpty();
        assertThat(RewriteTask.of("pool_a", "index_kafka_pool_a_1_2_3")).isEmpty();
        RewriteTask early = new RewriteTask("pool_a", -BEGIN, 1, 1);
        assertThat(RewriteTask.of("pool_a", early.id())).contains(early);
    }

    @Test
    void theOneAfterItIsTriedUntilItEndsWell() {
        assertThat(TASK.isToBeCleared(Map.of())).isTrue();
        String first = killId(Map.of());
        assertThat(TASK.isToBeCleared(Map.of(first, Outcome.RUNNING))).isFalse();
        assertThat(TASK.isCleared(Map.of(first, Outcome.RUNNING))).isFalse();
        Map<String, Outcome> failed = Map.of(first, Outcome.FAILED);
        assertThat(TASK.isToBeCleared(failed)).isTrue();
        assertThat(killId(failed)).isNotEqualTo(first);
        assertThat(TASK.isCleared(Map.of(first, Outcome.FAILED, killId(failed), Outcome.SUCCESS)))
                .isTrue();
        RewriteTask longer = new RewriteTask("pool_a", BEGIN, 7, 123);
        assertThat(longer.isCleared(Map.of(first, Outcome.SUCCESS))).isFalse();
    }

    @Test
    void coversItsSegment() {
        assertThat(TASK.killJson(Span.HOUR, Map.of()).path("interval").asText())
                .isEqualTo("2026-02-01T00:00:00Z/2026-02-01T01:00:00Z");
        assertThat(TASK.killJson(Span.MONTH, Map.of()).path("interval").asText())
                .isEqualTo("2026-02-01T00:00:00Z/2026-03-01T00:00:00Z");
    }

    @Test
    void keepsNothingByAConditionThatNoTaskKnows() {
        String plan =
                "[{\"query\":{\"filter\":{\"type\":\"null\",\"column\":\"v0\"},\"virtualColumns\":[{\"type\":\"mv-filtered\"}]}}]";

        assertThatThrownBy(() -> KeptRows.of(plan)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> KeptRows.of("[{\"query\":{}}]")).isInstanceOf(IOException.class);
    }
}
