package dev.sextant.engine.druid;

import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.circuitbreaker.OpenCircuitException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The brokers that SQL is asked of, in turn. One that fails a few times is left alone for a while; then one question tries
 * whether it is back. Safe for all threads.
 */
final class Brokers {

    /** A broker, at {@code http://host:port}. */
    record Broker(String address, CircuitBreaker breaker) {

        boolean isWell() {
            return breaker.state() == CircuitBreakerState.CLOSED;
        }

        /** Asks, unless it is left alone: then the future fails with {@link #isLeftAlone}. */
        <T> Future<T> ask(Function<String, Future<T>> question) {
            return breaker.execute(() -> question.apply(address));
        }
    }

    /** Deadlines are kept by those who ask. */
    private static final long NO_TIMEOUT = -1;

    private final List<Broker> brokers;
    private final AtomicInteger turn = new AtomicInteger();
    private final List<Runnable> returns = new CopyOnWriteArrayList<>();

    Brokers(Vertx vertx, DruidConfig.Servers config) {
        CircuitBreakerOptions options = new CircuitBreakerOptions()
                .setMaxFailures(config.failuresMax())
                .setTimeout(NO_TIMEOUT)
                .setResetTimeout(config.pause().toMillis());
        this.brokers = DruidConfig.addresses(config.brokers()).stream()
                .map(address -> new Broker(
                        address, breaker(vertx, address, options).closeHandler(_ -> returns.forEach(Runnable::run))))
                .toList();
    }

    /** What Druid answers, be it a refusal, shows that it is there. */
    private static CircuitBreaker breaker(Vertx vertx, String address, CircuitBreakerOptions options) {
        return CircuitBreaker.create("druid " + address, vertx, options)
                .failurePolicy(answer -> answer.failed() && isAway(answer.cause()));
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof IOException || failure instanceof VertxException;
    }

    static boolean isLeftAlone(Throwable failure) {
        return failure instanceof OpenCircuitException;
    }

    /** Hears of each broker that answers again. Must not block. */
    void onReturn(Runnable hearer) {
        returns.add(hearer);
    }

    /** The next that is well; if none is, the next that may be tried again. */
    Optional<Broker> next() {
        return next(Broker::isWell).or(() -> next(broker -> broker.breaker().state() == CircuitBreakerState.HALF_OPEN));
    }

    private Optional<Broker> next(Predicate<Broker> meant) {
        int first = Math.floorMod(turn.getAndIncrement(), brokers.size());
        for (int i = 0; i < brokers.size(); i++) {
            Broker broker = brokers.get((first + i) % brokers.size());
            if (meant.test(broker)) {
                return Optional.of(broker);
            }
        }
        return Optional.empty();
    }

    /** All that are asked. */
    List<Broker> well() {
        return brokers.stream().filter(Broker::isWell).toList();
    }

    void close() {
        brokers.forEach(broker -> broker.breaker().close());
    }
}
