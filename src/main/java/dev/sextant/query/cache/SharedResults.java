package dev.sextant.query.cache;

import dev.sextant.store.RedisKey;
import dev.sextant.store.RedisStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers in Redis, for all nodes and over restarts. It may be away, slow or forgetful: then there is nothing. Safe for all
 * threads.
 *
 * <p>A value is found by its whole key: other data, another model or policy is another key, and what nobody asks for
 * expires. So do the answers of a tenant that was purged; an id of a tenant is never given again.
 */
public final class SharedResults {

    /** A digit takes nine bytes before it is zipped, and about two as JSON. */
    private static final int UNZIPPED_PER_JSON_BYTE = 8;

    private final RedisStore redis;
    private final SharedConfig config;
    private final Breaker breaker = new Breaker(System::nanoTime);

    public SharedResults(RedisStore redis, SharedConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /** Whether an answer that takes this many rows to read is looked for here. */
    public boolean isWorthAsking(long rows) {
        return config.bytesMax() > 0 && rows >= config.rowsMin() && breaker.isClosed();
    }

    /**
     * What is there. Never fails, and takes no longer than the configured patience. Completes where CPU may be spent: on the
     * caller's worker context, else on a thread of its own.
     */
    public Future<Optional<SharedAnswer>> find(ResultKey key) {
        Promise<Optional<SharedAnswer>> found = Promise.promise();
        Context context = Vertx.currentContext();
        redis.get(name(key))
                .timeout(config.patience().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(_ -> breaker.failed())
                .otherwise(Optional.empty())
                .onSuccess(value -> onWorker(context, () -> found.complete(value.flatMap(this::read))));
        return found.future();
    }

    private static void onWorker(@Nullable Context context, Runnable work) {
        if (context != null && context.isWorkerContext()) {
            context.runOnContext(_ -> work.run());
        } else {
            Thread.startVirtualThread(work);
        }
    }

    /** What cannot be read is not there. */
    private Optional<SharedAnswer> read(Buffer value) {
        try {
            return Optional.of(
                    SharedReader.read(value.getBytes(), Math.multiplyExact(config.bytesMax(), UNZIPPED_PER_JSON_BYTE)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Shares an answer, where it is worth it; nobody waits for that. */
    public void offer(ResultKey key, CachedResult result) {
        if (isWorthAsking(result.effort().rows()) && result.json().length() <= config.bytesMax()) {
            Thread.startVirtualThread(() -> redis.setWithExpiry(
                            name(key), Buffer.buffer(SharedWriter.write(SharedAnswer.of(result))), config.keep())
                    .onFailure(_ -> breaker.failed()));
        }
    }

    private static RedisKey name(ResultKey key) {
        return new RedisKey(key.tenant(), "answer:" + SharedWriter.FORMAT + ":" + ResultWriter.digest(key.text()));
    }
}
