package dev.sextant.limits;

import dev.sextant.limits.Account.Passage;
import dev.sextant.limits.Lease.Answer;
import dev.sextant.limits.Leases.Held;
import dev.sextant.limits.Policy.Unit;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One call's way past its limits: takes from all of them or from none, and settles in the end. On one thread at a time. */
final class Turn {

    private final Passage passage;
    private final boolean isQuery;
    private final Leases leases;
    private final LongSupplier nanos;
    private @Nullable Held lacking;
    private boolean isToAsk;

    Turn(Passage passage, boolean isQuery, Leases leases, LongSupplier nanos) {
        this.passage = passage;
        this.isQuery = isQuery;
        this.leases = leases;
        this.nanos = nanos;
    }

    Passage passage() {
        return passage;
    }

    boolean isQuery() {
        return isQuery;
    }

    /** Whether everything could be taken. */
    boolean take() {
        long now = nanos.getAsLong();
        int nodes = leases.nodes();
        lacking = null;
        return take(passage.always(), now, nodes, List.of())
                && (!isQuery || take(passage.ofQueries(), now, nodes, passage.always()));
    }

    private boolean take(List<Held> wanted, long now, int nodes, List<Held> before) {
        for (int i = 0; i < wanted.size(); i++) {
            Held held = wanted.get(i);
            Answer answer = held.lease.take(now, nodes);
            if (answer == Answer.TAKEN_LAST) {
                leases.moreSoon(held);
            } else if (answer != Answer.TAKEN) {
                lacking = held;
                isToAsk = answer == Answer.ASK;
                wanted.subList(0, i).forEach(taken -> taken.lease.putBack(now));
                before.forEach(taken -> taken.lease.putBack(now));
                return false;
            }
        }
        return true;
    }

    /** What the last try failed at; null where it did not fail. */
    @Nullable
    Held lacking() {
        return lacking;
    }

    /** Whether there may be more of it. */
    boolean isToAsk() {
        return isToAsk;
    }

    /** Gives back what is counted while it is there, and pays for the rest. Once. */
    void settle(long costUnits) {
        if (!isQuery) {
            return;
        }
        for (Held held : passage.ofQueries()) {
            if (held.lease.unit() == Unit.AT_ONCE) {
                held.lease.release();
            } else if (costUnits > 0) {
                held.lease.charge(costUnits, nanos.getAsLong());
            }
        }
    }

    /** The header {@code RateLimit}. Source: draft-ietf-httpapi-ratelimit-headers-11, section 4. */
    String told() {
        long now = nanos.getAsLong();
        StringBuilder told = new StringBuilder(64);
        tell(passage.always(), now, told);
        tell(passage.ofQueries(), now, told);
        return told.toString();
    }

    private static void tell(List<Held> all, long now, StringBuilder told) {
        for (Held held : all) {
            if (!told.isEmpty()) {
                told.append(", ");
            }
            held.lease.tell(told, now);
        }
    }
}
