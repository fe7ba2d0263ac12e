package dev.sextant.identity;

import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;

/**
 * What a credential proved: a principal for a time, or a refusal for good. The futures are made once, so that a request
 * with a known credential makes nothing.
 *
 * @param endsAtMillis since 1970; from then on {@code afterwards} is the answer
 */
record Verified(Future<Principal> proof, long endsAtMillis, Future<Principal> afterwards) {

    static Verified until(long endsAtMillis, Principal principal, Problem afterwards) {
        return new Verified(Future.succeededFuture(principal), endsAtMillis, ProblemException.failed(afterwards));
    }

    static Verified refused(Problem problem) {
        Future<Principal> refusal = ProblemException.failed(problem);
        return new Verified(refusal, Long.MAX_VALUE, refusal);
    }

    Future<Principal> at(long nowMillis) {
        return nowMillis < endsAtMillis ? proof : afterwards;
    }
}
