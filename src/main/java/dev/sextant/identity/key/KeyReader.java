package dev.sextant.identity.key;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Looks up credentials by what they are kept under: keys by their prefix. Many who want the same one at the same time cost one look-up; of different ones a
 * bounded number is under way. Any thread; the future completes on the caller's context.
 */
public final class KeyReader<C> {

    /** Whoever asks after a change must not get what was read before it. */
    private record Wanted(String prefix, long epoch) {}

    private final Function<String, Future<Optional<C>>> lookUp;
    private final KeyConfig config;
    private final Map<Wanted, Future<Optional<C>>> underWay = new ConcurrentHashMap<>();

    /** Reads by {@code lookUp}, which finds the key with a prefix. */
    public KeyReader(Function<String, Future<Optional<C>>> lookUp, KeyConfig config) {
        this.lookUp = lookUp;
        this.config = config;
    }

    /**
     * Reads the key with that prefix.
     *
     * @param epoch grows with each change that the caller has heard of: askers share a look-up only within one epoch
     * @return fails with {@code IdentityUnavailable} where the store is away, {@code Overloaded} where too many ask
     */
    public Future<Optional<C>> read(String prefix, long epoch) {
        Wanted wanted = new Wanted(prefix, epoch);
        Promise<Optional<C>> found = Promise.promise();
        Future<Optional<C>> running = underWay.putIfAbsent(wanted, found.future());
        if (running != null) {
            return onOwnContext(running);
        }
        found.future().onComplete(_ -> underWay.remove(wanted));
        if (underWay.size() > config.lookupsMax()) {
            found.fail(new ProblemException(
                    new Problem.Overloaded(1, "Too many credentials are being checked; try again shortly.")));
        } else {
            lookUp(prefix).onComplete(found);
        }
        return found.future();
    }

    private Future<Optional<C>> lookUp(String prefix) {
        return lookUp.apply(prefix).recover(KeyReader::unavailable);
    }

    /** The look-up belongs to whoever began it, maybe on another event loop. */
    private static <T> Future<T> onOwnContext(Future<T> running) {
        Context context = Vertx.currentContext();
        if (context == null) {
            return running;
        }
        Promise<T> here = Promise.promise();
        running.onComplete((result, failure) -> context.runOnContext(_ -> here.complete(result, failure)));
        return here.future();
    }

    private static <T> Future<T> unavailable(Throwable failure) {
        return failure instanceof ProblemException known && known.problem() instanceof Problem.Overloaded
                ? Future.failedFuture(known)
                : ProblemException.failed(new Problem.IdentityUnavailable(
                        "Credentials cannot be checked at the moment; try again shortly."));
    }
}
