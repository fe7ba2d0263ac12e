package dev.sextant.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Query;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ResultCacheTest {

    private static final ResultKey KEY =
            new ResultKey(new TenantId("ten_acme"), Query.of("clicks").build(), 1, PolicyFingerprint.SEES_ALL, 7);

    private static final CachedResult ANSWER = new CachedResult(
            new ResultTable(DatasetState.EMPTY, null, List.of(), List.of(), null, null, true),
            Buffer.buffer("{"),
            "W/\"1\"");

    private final ResultCache cache = new ResultCache(1 << 20);
    private final AtomicInteger computed = new AtomicInteger();

    @Test
    void computesOnceForAllWhoAskMeanwhile() {
        Promise<CachedResult> engine = Promise.promise();
        Supplier<Future<CachedResult>> compute = counted(engine.future());
        Future<CachedResult> first = cache.get(KEY, compute);
        Future<CachedResult> second = cache.get(KEY, compute);

        engine.complete(ANSWER);

        assertThat(first.result()).isSameAs(ANSWER);
        assertThat(second.result()).isSameAs(ANSWER);
        assertThat(computed).hasValue(1);
    }

    @Test
    void remembersWhatWasComputed() {
        cache.get(KEY, counted(Future.succeededFuture(ANSWER)));

        Future<CachedResult> again = cache.get(KEY, counted(Future.failedFuture("asked again")));

        assertThat(again.result()).isSameAs(ANSWER);
        assertThat(cache.find(KEY)).contains(ANSWER);
        assertThat(computed).hasValue(1);
    }

    @Test
    void tellsAFailureToAllWhoWaitAndForgetsIt() {
        Promise<CachedResult> engine = Promise.promise();
        Future<CachedResult> first = cache.get(KEY, engine::future);
        Future<CachedResult> second = cache.get(KEY, engine::future);

        engine.fail("away");

        assertThat(first.failed()).isTrue();
        assertThat(second.failed()).isTrue();
        assertThat(cache.find(KEY)).isEmpty();
        assertThat(cache.get(KEY, counted(Future.succeededFuture(ANSWER))).result())
                .isSameAs(ANSWER);
    }

    @Test
    void takesWhatIsThrownForAFailure() {
        Future<CachedResult> thrown = cache.get(KEY, () -> {
            throw new IllegalStateException("no plan");
        });

        assertThat(thrown.cause()).hasMessage("no plan");
        assertThat(cache.get(KEY, counted(Future.succeededFuture(ANSWER))).result())
                .isSameAs(ANSWER);
    }

    private Supplier<Future<CachedResult>> counted(Future<CachedResult> result) {
        return () -> {
            computed.incrementAndGet();
            return result;
        };
    }
}
