package dev.sextant.store;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Waits for futures in tests, from threads that may block. */
final class Answers {

    private Answers() {}

    static <T> T of(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** What the future failed with. */
    static Throwable failure(Future<?> future) {
        return of(future.transform(result -> result.failed()
                ? Future.succeededFuture(result.cause())
                : Future.failedFuture(new AssertionError("It succeeded"))));
    }

    /** The problem it failed with, within two seconds: nobody hangs on a part that is away. */
    static Problem problemSoon(Future<?> future) {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(2, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException carrier) {
                return carrier.problem();
            }
            throw e;
        }
        throw new AssertionError("It succeeded");
    }
}
