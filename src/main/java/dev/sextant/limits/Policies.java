package dev.sextant.limits;

import dev.sextant.limits.Limits.Concurrency;
import dev.sextant.limits.Limits.CostUnits;
import dev.sextant.limits.Limits.Requests;
import dev.sextant.limits.Policy.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns limits into the policies that are counted. Pure. */
final class Policies {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = 24 * 60 * MINUTE;

    private Policies() {}

    static List<Policy> ofTenant(Limits limits) {
        return of("", limits.ofRequests(), limits.ofCostUnits(), limits.atOnce());
    }

    static List<Policy> ofKey(Limits.KeyLimits override) {
        return of(
                "key-",
                override.requests() == null ? Requests.NONE : override.requests(),
                override.costUnits() == null ? CostUnits.NONE : override.costUnits(),
                override.concurrency() == null ? Concurrency.NONE : override.concurrency());
    }

    private static List<Policy> of(String prefix, Requests requests, CostUnits units, Concurrency atOnce) {
        List<Policy> policies = new ArrayList<>();
        if (requests.perSecond() != null) {
            policies.add(burst(prefix + "burst", requests.perSecond(), requests.burst()));
        }
        add(policies, prefix + "req", Unit.REQUESTS, requests.perMinute(), MINUTE);
        add(policies, prefix + "cost", Unit.COST_UNITS, units.perMinute(), MINUTE);
        add(policies, prefix + "cost-day", Unit.COST_UNITS, units.perDay(), DAY);
        add(policies, prefix + "queries", Unit.AT_ONCE, atOnce.queries(), 0);
        return List.copyOf(policies);
    }

    /** As many at once as {@code burst} says, and no more than {@code perSecond} in the long run. */
    private static Policy burst(String name, long perSecond, @Nullable Long burst) {
        long quota = burst == null ? perSecond : burst;
        return new Policy(name, Unit.REQUESTS, quota, Math.ceilDiv(quota * SECOND, perSecond));
    }

    private static void add(List<Policy> to, String name, Unit unit, @Nullable Long quota, long windowMillis) {
        if (quota != null) {
            to.add(new Policy(name, unit, quota, windowMillis));
        }
    }
}
