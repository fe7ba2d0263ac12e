package dev.sextant.limits;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.limits.Limits.Concurrency;
import dev.sextant.limits.Limits.CostUnits;
import dev.sextant.limits.Limits.Requests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a tenant's own limits against those of its plan. Pure. */
final class Within {

    private Within() {}

    /** What is in force: for each limit the tighter one of its own and its plan's. */
    static Limits tighter(Limits own, Limits plan) {
        return new Limits(
                tighter(own.ofRequests(), plan.ofRequests()),
                new CostUnits(
                        least(own.ofCostUnits().perMinute(), plan.ofCostUnits().perMinute()),
                        least(own.ofCostUnits().perDay(), plan.ofCostUnits().perDay())),
                new Concurrency(
                        least(own.atOnce().queries(), plan.atOnce().queries()),
                        least(own.atOnce().websockets(), plan.atOnce().websockets())),
                own.maxRows(),
                own.maxQueryMs(),
                own.ofKeys(),
                own.modeOrReject(),
                own.expiresAt());
    }

    private static Requests tighter(Requests own, Requests plan) {
        Long perSecond = least(own.perSecond(), plan.perSecond());
        Long burst = least(own.burst(), plan.burst());
        Long atOnce = perSecond == null || burst == null ? null : (Long) Math.max(perSecond, burst);
        return new Requests(perSecond, least(own.perMinute(), plan.perMinute()), atOnce);
    }

    private static @Nullable Long least(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return (Long) Math.min(one, other);
    }

    /**
     * Refuses limits that contradict themselves, that are over before they begin, and such as the plan does not have.
     *
     * @throws ProblemException {@code InvalidRequest}, or {@code Unprocessable} for what is above the plan
     */
    static void check(Limits wanted, Limits plan, Instant now) {
        List<Violation> wrong = new ArrayList<>();
        if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(now)) {
            wrong.add(Violation.at("/expires_at", "out_of_range", "must lie in the future"));
        }
        burst("", wanted.ofRequests(), wrong);
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < wanted.ofKeys().size(); i++) {
            Limits.KeyLimits override = wanted.ofKeys().get(i);
            if (override.requests() != null) {
                burst("/overrides/" + i, override.requests(), wrong);
            }
            if (!keys.add(override.apiKey())) {
                wrong.add(Violation.at("/overrides/" + i + "/api_key", "invalid", "has an override already"));
            }
        }
        if (!wrong.isEmpty()) {
            throw new ProblemException(
                    new Problem.InvalidRequest(wrong, "The limits cannot be had like this: see errors."));
        }
        checkPlan(wanted, plan);
    }

    /**
     * Refuses overrides of keys that the tenant does not have.
     *
     * @throws ProblemException {@code InvalidRequest}
     */
    static void checkKeys(Limits wanted, Set<String> known) {
        List<Violation> wrong = new ArrayList<>();
        for (int i = 0; i < wanted.ofKeys().size(); i++) {
            if (!known.contains(wanted.ofKeys().get(i).apiKey())) {
                wrong.add(Violation.at("/overrides/" + i + "/api_key", "not_allowed", "is no API key of this tenant"));
            }
        }
        if (!wrong.isEmpty()) {
            throw new ProblemException(
                    new Problem.InvalidRequest(wrong, "There are no such keys to limit: see errors."));
        }
    }

    private static void burst(String place, Requests requests, List<Violation> wrong) {
        if (requests.burst() == null) {
            return;
        }
        String pointer = place + "/requests/burst";
        if (requests.perSecond() == null) {
            wrong.add(Violation.at(pointer, "invalid", "is of no use without per_second"));
        } else if (requests.burst() < requests.perSecond()) {
            wrong.add(Violation.at(pointer, "out_of_range", "must be per_second or more"));
        }
    }

    private static void checkPlan(Limits wanted, Limits plan) {
        List<Violation> above = new ArrayList<>();
        above(
                "/requests/per_second",
                wanted.ofRequests().perSecond(),
                plan.ofRequests().perSecond(),
                above);
        above(
                "/requests/per_minute",
                wanted.ofRequests().perMinute(),
                plan.ofRequests().perMinute(),
                above);
        above("/requests/burst", wanted.ofRequests().burst(), plan.ofRequests().burst(), above);
        above(
                "/cost_units/per_minute",
                wanted.ofCostUnits().perMinute(),
                plan.ofCostUnits().perMinute(),
                above);
        above(
                "/cost_units/per_day",
                wanted.ofCostUnits().perDay(),
                plan.ofCostUnits().perDay(),
                above);
        above("/concurrency/queries", wanted.atOnce().queries(), plan.atOnce().queries(), above);
        above(
                "/concurrency/websockets",
                wanted.atOnce().websockets(),
                plan.atOnce().websockets(),
                above);
        if (!above.isEmpty()) {
            throw new ProblemException(new Problem.Unprocessable(
                    Reason.ABOVE_PLAN, above, "The tenant's plan has less: ask for less, or change the plan first."));
        }
    }

    private static void above(String pointer, @Nullable Long wanted, @Nullable Long most, List<Violation> above) {
        if (wanted != null && most != null && wanted > most) {
            above.add(Violation.at(pointer, "above_plan", "may be %d at most in this plan".formatted(most)));
        }
    }
}
