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
 * that a request with a known credential, from where it may come, makes nothing.
 *
 * @param endsAtMillis since 1970; from then on {@code afterwards} is the answer
 * @param ranges from where; none for anywhere
 * @param note of its uses; null where there is nothing to note
 */
record Verified(
        Future<Principal> proof,
        long endsAtMillis,
        Future<Principal> afterwards,
        List<AddressRange> ranges,
        LastUses.@Nullable Note note) {

    static Verified until(KeyEnd end, Principal principal, List<AddressRange> ranges, LastUses.@Nullable Note note) {
        return new Verified(
                Future.succeededFuture(principal), end.atMillis(), failed(end.afterwards(), principal), ranges, note);
    }

    /** @param whose credential it is: a refusal is on record as theirs */
    static Verified refused(Problem problem, Principal whose) {
        Future<Principal> refusal = failed(problem, whose);
        return new Verified(refusal, Long.MAX_VALUE, refusal, List.of(), null);
    }

    private static Future<Principal> failed(Problem problem, Principal whose) {
        return Future.failedFuture(new ProblemException(problem, whose));
    }

    /** The same, wherever the caller is; for whoever asks about somebody else's credential. */
    Future<Principal> anywhere(long nowMillis) {
        return nowMillis >= endsAtMillis ? afterwards : proof;
    }

    Future<Principal> at(long nowMillis, ClientAddress client) {
        if (nowMillis >= endsAtMillis) {
            return afterwards;
        }
        if (!KeyProver.allows(ranges, client)) {
            return failed(KeyProver.elsewhere(), proof.result());
        }
        if (note != null) {
            note.used(nowMillis);
        }
        return proof;
    }
}
