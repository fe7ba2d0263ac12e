package dev.sextant.identity.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds what reports of leaks may cost, which anybody may send: so many from one network in a minute, and so many at once in
 * all. Any thread.
 */
final class LeakLimit {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** Beyond it those seen least are forgotten; the bound of what is under way holds nevertheless. */
    private static final int NETWORKS_MAX = 10_000;

    private static final int UNDER_WAY_MAX = 4;

    private final int perMinute;
    private final Cache<ClientAddress, AtomicInteger> networkToCount;
    private final AtomicInteger underWay = new AtomicInteger();

    LeakLimit(int perMinute, InstantSource clock) {
        this.perMinute = perMinute;
        this.networkToCount = Caffeine.newBuilder()
                .maximumSize(NETWORKS_MAX)
                .expireAfterWrite(WINDOW)
                .ticker(() -> Duration.between(java.time.Instant.EPOCH, clock.instant())
                        .toNanos())
                .build();
    }

    /** Counts a report. @throws ProblemException {@code QuotaExceeded} where it is one too many */
    void count(ClientAddress client) {
        int count =
                networkToCount.get(client.network(), _ -> new AtomicInteger()).incrementAndGet();
        if (count > perMinute) {
            throw new ProblemException(new Problem.QuotaExceeded(
                    (int) WINDOW.toSeconds(),
                    "From your network %d reports a minute are taken; wait a minute.".formatted(perMinute)));
        }
    }

    /** Runs {@code work}, unless too much of it is under way: then it fails with {@code Overloaded}. */
    <T> Future<T> bounded(Supplier<Future<T>> work) {
        if (underWay.incrementAndGet() > UNDER_WAY_MAX) {
            underWay.decrementAndGet();
            return ProblemException.failed(
                    new Problem.Overloaded(1, "Too many reports are being looked at; send it again shortly."));
        }
        return work.get().onComplete(_ -> underWay.decrementAndGet());
    }
}
