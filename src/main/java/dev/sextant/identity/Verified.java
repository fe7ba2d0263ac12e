package dev.sextant.identity;

import dev.sextant.http.AddressRange;
import dev.sextant.http.ClientAddress;
import dev.sextant.identity.key.KeyEnd;
import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.key.LastUses;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a credential proved: a principal for a time and from some places, or a refusal for good. The futures are made once, so
 * that a request with a known credential makes nothing.
 *
 * @param endsAtMillis since 1970; from then on {@code afterwards} is the answer
 * @param ranges from where; none for anywhere
 * @param note of its uses; null where it is refused
 */
record Verified(
        Future<Principal> proof,
        long endsAtMillis,
        Future<Principal> afterwards,
        List<AddressRange> ranges,
        LastUses.@Nullable Note note) {

    private static final Future<Principal> ELSEWHERE = ProblemException.failed(KeyProver.elsewhere());

    static Verified until(KeyEnd end, Principal principal, List<AddressRange> ranges, LastUses.Note note) {
        return new Verified(
                Future.succeededFuture(principal),
                end.atMillis(),
                ProblemException.failed(end.afterwards()),
                ranges,
                note);
    }

    static Verified refused(Problem problem) {
        Future<Principal> refusal = ProblemException.failed(problem);
        return new Verified(refusal, Long.MAX_VALUE, refusal, List.of(), null);
    }

    Future<Principal> at(long nowMillis, ClientAddress client) {
        if (nowMillis >= endsAtMillis) {
            return afterwards;
        }
        if (!KeyProver.allows(ranges, client)) {
            return ELSEWHERE;
        }
        if (note != null) {
            note.used(nowMillis);
        }
        return proof;
    }
}
