package dev.sextant.limits;

import dev.sextant.limits.LimitsReport.Impact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays calls of the past against limits that were not in force, as if nothing had been used before the first of them. What was
 * there at once is not played: only when calls ended is known. For one thread.
 */
final class Replay {

    /**
     * Calls of one caller within a second.
     *
     * @param atMillis since 1970; never less than that of the calls before
     * @param costUnits of all of them
     */
    record Calls(long atMillis, String actor, long count, long costUnits) {}

    private record Counted(Policy policy, SlidingCount count) {

        long left(long nanos) {
            return Math.max(0, policy.quota() - count.sum(nanos));
        }

        /** How many of these it lets in: of those that cost all while anything is left, as for nobody knows how much they will. */
        long admits(Calls calls, long nanos) {
            if (policy.unit() == Policy.Unit.REQUESTS) {
                return Math.min(calls.count(), left(nanos));
            }
            return calls.costUnits() == 0 || left(nanos) > 0 ? calls.count() : 0;
        }

        void use(Calls calls, long admitted, long nanos) {
            boolean ofRequests = policy.unit() == Policy.Unit.REQUESTS;
            count.add(ofRequests ? admitted : calls.costUnits() * admitted / calls.count(), nanos);
        }
    }

    private final Limits limits;
    private final List<Counted> ofTenant;
    private final Map<String, List<Counted>> keyToCounted = new HashMap<>();
    private long refused;

    Replay(Limits limits, long fromMillis) {
        this.limits = limits;
        this.ofTenant = counted(Policies.ofTenant(limits), fromMillis);
        for (Limits.KeyLimits key : limits.ofKeys()) {
            List<Counted> all = new ArrayList<>(counted(Policies.ofKey(key), fromMillis));
            all.addAll(ofTenant);
            keyToCounted.put(key.apiKey(), all);
        }
    }

    private static List<Counted> counted(List<Policy> policies, long fromMillis) {
        return policies.stream()
                .filter(policy -> !policy.isAtOnce())
                .map(policy -> new Counted(policy, new SlidingCount(policy.windowMillis(), nanos(fromMillis))))
                .toList();
    }

    void add(Calls calls) {
        long nanos = nanos(calls.atMillis());
        List<Counted> all = keyToCounted.getOrDefault(calls.actor(), ofTenant);
        long admitted = all.stream()
                .mapToLong(counted -> counted.admits(calls, nanos))
                .min()
                .orElse(calls.count());
        all.forEach(counted -> counted.use(calls, admitted, nanos));
        refused += calls.count() - admitted;
    }

    /** Of all that was added. */
    Impact impact() {
        boolean throttles = limits.modeOrReject() == Limits.Mode.THROTTLE;
        return new Impact(throttles ? refused : 0, throttles ? 0 : refused);
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
