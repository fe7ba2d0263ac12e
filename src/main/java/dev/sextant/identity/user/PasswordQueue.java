package dev.sextant.identity.user;

import java.util.concurrent.atomic.AtomicInteger;
import dev.sextant.bus.Bus;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.util.function.Supplier;

/** Has passwords hashed and checked: a bounded number waits at once, the next is turned away. Any thread. */
final class PasswordQueue {

    private static final int RETRY_AFTER_SECONDS = 1;

    private final Bus bus;
    private final int waitingMax;
    private final AtomicInteger waiting = new AtomicInteger();

    PasswordQueue(Bus bus, int waitingMax) {
        this.bus = bus;
        this.waitingMax = waitingMax;
    }

    /** The PHC string; null stays null. */
    Future<@Nullable String> hash(@Nullable String password, Origin origin) {
        return password == null
                ? Future.succeededFuture()
                : inTurn(() -> bus.askHere(UserAddresses.HASH, new HashPassword(password), origin))
                        .map(HashedPassword::phc);
    }

    /** @param phc null for nobody */
    Future<Boolean> isRight(String password, @Nullable String phc, Origin origin) {
        return inTurn(() -> bus.askHere(UserAddresses.CHECK_PASSWORD, new CheckPassword(password, phc), origin))
                .map(CheckedPassword::isRight);
    }

    private <T> Future<T> inTurn(Supplier<Future<T>> work) {
        if (waiting.incrementAndGet() > waitingMax) {
            waiting.decrementAndGet();
            return ProblemException.failed(new Problem.Overloaded(
                    RETRY_AFTER_SECONDS, "Too many passwords are being checked; try again shortly."));
        }
        return work.get().onComplete(_ -> waiting.decrementAndGet());
    }
}
