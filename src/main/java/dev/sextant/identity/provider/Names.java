package dev.sextant.identity.provider;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks up the addresses of names. Tenants choose the names and how long their name servers take: so a bounded number is looked for
 * at once, on threads that serve nobody else. Any thread.
 */
final class Names {

    private static final int THREADS = 4;
    private static final int UNDER_WAY_MAX = 64;

    private final WorkerExecutor threads;
    private final AtomicInteger underWay = new AtomicInteger();

    Names(Vertx vertx) {
        this.threads = vertx.createSharedWorkerExecutor("identity-provider-names", THREADS);
    }

    /** All of one; none where nobody knows it, or too many are looked for. */
    Future<List<InetAddress>> addresses(String host) {
        if (underWay.incrementAndGet() > UNDER_WAY_MAX) {
            underWay.decrementAndGet();
            return Future.succeededFuture(List.of());
        }
        return threads.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
                .onComplete(_ -> underWay.decrementAndGet())
                .otherwise(List.of());
    }

    Future<Void> close() {
        return threads.close();
    }
}
