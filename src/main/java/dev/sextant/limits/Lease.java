package dev.sextant.limits;

import dev.sextant.store.LeaseGrant;
import dev.sextant.store.LeaseRequest;
import org.jspecify.annotations.Nullable;

/**
 * This node's part of a policy: what it may spend before it has to ask again. It asks ahead, reports what it spent, and gives
 * back what it did not spend within a second. While the others cannot be asked, it spends its share of the quota: an equal
 * one for each known node. Safe for all threads; knows no clock but the one it is told, in nanoseconds that only grow.
 *
 * <p>Whatever is spent is counted for all nodes from before it is spent until a window after it was reported: a report may
 * come late, never early, so that no window holds more than the quota.
 */
final class Lease {

    /** What became of a wish to spend. */
    enum Answer {
        TAKEN,
        /** Taken, and it is time to ask for more. */
        TAKEN_LAST,
        /** Nothing is left here: ask. */
        ASK,
        /** Nothing is left anywhere, for a while. */
        NONE
    }

    private static final long LIFE_NANOS_MAX = 1_000_000_000;
    private static final long LIFE_NANOS_MIN = 100_000_000;
    private static final long RETRY_NANOS_MAX = 100_000_000;
    private static final long RETRY_NANOS_MIN = 5_000_000;

    /** A node that is silent for longer than it lives with a lease, and this. */
    private static final long SILENCE_MILLIS = 2_000;

    private final String node;
    private final long lifeNanos;
    private final long retryNanos;
    private final @Nullable SlidingCount own;
    private final Policy.Unit unit;
    private final String head;
    private Policy policy;

    private long tokens;
    private long spent;
    /** What is there at this moment, of things that are counted at once. */
    private long present;
    /** What the others count as this node's, whether it reports or not. */
    private long covered;

    private long takenSinceAsked;
    private long waiting;
    private long endsNanos;
    private long emptyUntilNanos;
    private long askedNanos;
    private boolean asking;
    private boolean away;
    private long left;
    private long backNanos;

    Lease(Policy policy, String node, long nowNanos) {
        this.policy = policy;
        this.unit = policy.unit();
        this.head = "\"" + policy.name() + "\";r=";
        this.node = node;
        long windowNanos = policy.windowMillis() * 1_000_000;
        this.lifeNanos =
                policy.isAtOnce() ? LIFE_NANOS_MAX : Math.clamp(windowNanos / 10, LIFE_NANOS_MIN, LIFE_NANOS_MAX);
        this.retryNanos = Math.clamp(windowNanos / 200, RETRY_NANOS_MIN, RETRY_NANOS_MAX);
        this.own = policy.isAtOnce() ? null : new SlidingCount(policy.windowMillis(), nowNanos);
        this.left = policy.quota();
        this.endsNanos = nowNanos;
        this.emptyUntilNanos = nowNanos;
        this.backNanos = nowNanos;
    }

    synchronized Policy policy() {
        return policy;
    }

    /** What is counted: never changes. */
    Policy.Unit unit() {
        return unit;
    }

    /**
     * The same rule with another quota, from now on: what was leased under the old one is given back, and what was spent
     * counts on.
     *
     * @return whether the quota is another one, so that the others should be asked what is left
     */
    synchronized boolean become(Policy changed, long nowNanos) {
        if (changed.equals(policy)) {
            return false;
        }
        left += changed.quota() - policy.quota();
        policy = changed;
        endsNanos = nowNanos;
        emptyUntilNanos = nowNanos;
        return true;
    }

    /**
     * Takes one; of cost units none, as nobody knows yet how many it takes: one must be left.
     *
     * @param nodes how many share the quota, as far as is known
     */
    synchronized Answer take(long nowNanos, int nodes) {
        if (away) {
            return takeAlone(nowNanos, nodes);
        }
        if (nowNanos - endsNanos < 0 && tokens > 0) {
            taken(nowNanos);
            boolean isLow = tokens <= covered / 4 || nowNanos - endsNanos > -lifeNanos / 4;
            return isLow && !asking && nowNanos - emptyUntilNanos >= 0 ? Answer.TAKEN_LAST : Answer.TAKEN;
        }
        if (nowNanos - emptyUntilNanos < 0) {
            return Answer.NONE;
        }
        waiting++;
        return Answer.ASK;
    }

    private Answer takeAlone(long nowNanos, int nodes) {
        long share = Math.max(1, policy.quota() / Math.max(1, nodes));
        long mine = own == null ? present : own.sum(nowNanos);
        boolean isDue = !asking && nowNanos - emptyUntilNanos >= 0;
        if (mine >= share) {
            left = 0;
            return Answer.NONE;
        }
        left = share - mine - 1;
        taken(nowNanos);
        return isDue ? Answer.TAKEN_LAST : Answer.TAKEN;
    }

    private void taken(long nowNanos) {
        takenSinceAsked++;
        if (unit == Policy.Unit.COST_UNITS) {
            return;
        }
        tokens--;
        if (own == null) {
            present++;
        } else {
            spent++;
            own.add(1, nowNanos);
        }
    }

    /** Undoes a take that led to nothing. */
    synchronized void putBack(long nowNanos) {
        if (unit != Policy.Unit.COST_UNITS) {
            tokens++;
            if (own == null) {
                present--;
            } else {
                spent--;
                own.add(-1, nowNanos);
            }
        }
    }

    /** One that was there is gone. */
    synchronized void release() {
        present--;
        tokens++;
    }

    /** Spends what was not known before; it may be more than is left, and the next ones wait until it is made up for. */
    synchronized void charge(long units, long nowNanos) {
        tokens -= units;
        spent += units;
        if (own != null) {
            own.add(units, nowNanos);
        }
    }

    /** Whether there is something to tell the others, or to give back. */
    synchronized boolean isToReport(long nowNanos) {
        boolean ended = nowNanos - endsNanos >= 0 && nowNanos - askedNanos >= lifeNanos / 2;
        return !asking && ended && nowNanos - emptyUntilNanos >= 0 && (spent > 0 || covered > 0 || present > 0 || away);
    }

    /** Whether nothing of it is known to the others. */
    synchronized boolean isIdle() {
        return !asking && !away && spent == 0 && covered == 0 && present == 0;
    }

    /**
     * What to ask the others; to be followed by {@link #granted} or {@link #failed}. Null where that is under way already.
     *
     * @param wants false to report only
     */
    synchronized @Nullable LeaseRequest ask(boolean wants, long nowNanos) {
        if (asking) {
            return null;
        }
        asking = true;
        askedNanos = nowNanos;
        tokens = nowNanos - endsNanos >= 0 ? 0 : Math.max(0, tokens); // what has ended may count as spent by now
        long wanted = wants ? wanted() : 0;
        takenSinceAsked = 0;
        waiting = 0;
        return new LeaseRequest(
                node,
                policy.quota(),
                policy.windowMillis(),
                spent,
                present + tokens,
                wanted,
                lifeNanos / 1_000_000 + SILENCE_MILLIS,
                0);
    }

    private long wanted() {
        long usual = Math.max(2 * takenSinceAsked, unit == Policy.Unit.COST_UNITS ? 2 * spent : 0);
        long most = Math.max(1, policy.quota() / 10);
        return Math.max(waiting, Math.clamp(usual, Math.clamp(policy.quota() / 500, 1, most), most));
    }

    synchronized void granted(LeaseRequest asked, LeaseGrant grant, long nowNanos) {
        asking = false;
        away = false;
        spent -= asked.spent();
        tokens += grant.granted();
        covered = asked.held() + grant.granted();
        boolean isOfNow = asked.quota() == policy.quota(); // it may have become another one meanwhile
        left = grant.left() + policy.quota() - asked.quota();
        backNanos = nowNanos + grant.backMillis() * 1_000_000;
        endsNanos = isOfNow ? askedNanos + lifeNanos : nowNanos;
        if (asked.wanted() > 0 && grant.granted() == 0) {
            emptyUntilNanos = nowNanos + retryNanos;
        }
    }

    /** What was leased counts as spent with the others, sooner or later; what was spent beyond that is told them when they are back. */
    synchronized void failed(LeaseRequest asked, long nowNanos) {
        asking = false;
        away = true;
        spent -= Math.min(Math.min(spent, asked.spent()), covered);
        covered = 0;
        tokens = 0;
        endsNanos = nowNanos;
        emptyUntilNanos = nowNanos + RETRY_NANOS_MAX;
        backNanos = nowNanos + policy.windowMillis() * 1_000_000;
    }

    /** Adds what is left, for all nodes, and in how many seconds some of what was spent comes back. */
    synchronized void tell(StringBuilder to, long nowNanos) {
        to.append(head)
                .append(Math.max(0, policy.isAtOnce() ? left + tokens : Math.min(left + tokens, policy.quota())));
        long back = backSeconds(nowNanos);
        if (back > 0) {
            to.append(";t=").append(back);
        }
    }

    /** Until some of what was spent comes back, in whole seconds; 0 where nothing was spent. */
    synchronized long backSeconds(long nowNanos) {
        return Math.max(0, (backNanos - nowNanos + 999_999_999) / 1_000_000_000);
    }
}
