package dev.sextant.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Query;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultCacheTest {

    private static final ResultKey KEY =
            new ResultKey(new TenantId("ten_acme"), Query.of("clicks").build(), 1, PolicyFingerprint.SEES_ALL, 7);

    private static final CachedResult ANSWER = answer("{");

    private final ResultCache cache = new ResultCache(1 << 20);

    private static CachedResult answer(String json) {
        return new CachedResult(
                new ResultTable(DatasetState.EMPTY, null, null, List.of(), List.of(), null, null, null, true, null),
                Buffer.buffer(json),
                "scan",
                "W/\"1\"",
                new Effort(1, 1, 1, 0));
    }

    @Test
    void remembersAnAnswer() {
        cache.put(KEY, ANSWER);

        assertThat(cache.find(KEY)).contains(ANSWER);
        assertThat(cache.hitRate()).isEqualTo(1);
    }

    @Test
    void knowsNoAnswerForOtherData() {
        cache.put(KEY, ANSWER);

        assertThat(cache.find(KEY.at(6))).isEmpty();
        assertThat(cache.find(KEY.at(8))).isEmpty();
    }

    @Test
    void keepsTheLatestAnswerOfAQuestionOnly() {
        CachedResult later = answer("{\"later\":1");
        cache.put(KEY.at(8), later);
        cache.put(KEY, ANSWER);

        assertThat(cache.find(KEY)).isEmpty();
        assertThat(cache.find(KEY.at(8))).contains(later);
    }

    @Test
    void tenantsDoNotShareAnswers() {
        cache.put(KEY, ANSWER);

        assertThat(cache.find(new ResultKey(
                        new TenantId("ten_bolt"), KEY.query(), KEY.modelVersion(), KEY.policy(), KEY.dataVersion())))
                .isEmpty();
    }
}
