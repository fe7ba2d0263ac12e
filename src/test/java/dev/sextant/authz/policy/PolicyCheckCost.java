package dev.sextant.authz.policy;

import dev.sextant.authz.policy.Authority.StoredPolicy;
import dev.sextant.authz.policy.PolicyDocument.Effect;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Prints what it costs to check whether something may be done, in ns: for one rule, and for as many as can be carried. Run by hand. */
public final class PolicyCheckCost {

    private static final int ROUNDS = 10;
    private static final int CALLS = 200_000;

    private PolicyCheckCost() {}

    public static void main(String[] arguments) {
        KnownRules rules = new KnownRules();
        for (int count : List.of(0, 1, 10, 70)) {
            Principal who = principal(count);
            Policy policy = who.policy();
            measure("check, " + count + " policies", CALLS, () -> rules.allow(who, Action.READ, "dataset/other"));
            measure(
                    "rules of a dataset, " + count,
                    CALLS / 10,
                    () -> rules.of(who).dataset(Action.READ, "d" + (count - 1)).areNone());
            measure(
                    "read of %d bytes for the first time"
                            .formatted(policy.rules().length()),
                    CALLS / 100,
                    () -> Rules.of(policy).allows(Action.READ, "dataset/other"));
        }
    }

    private static Principal principal(int count) {
        List<StoredPolicy> policies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            policies.add(new StoredPolicy(
                    "pol_" + i,
                    "s",
                    new PolicyDocument(
                            "n",
                            i % 2 == 0 ? Effect.ALLOW : Effect.DENY,
                            List.of("analyst"),
                            List.of("dataset/d" + i),
                            List.of("read"),
                            null,
                            new PolicyDocument.Columns(List.of("city", "street"), null),
                            null)));
        }
        Policy policy = Authority.of(
                        count == 0
                                ? BuiltInRoles.all()
                                : List.of(BuiltInRoles.find("analyst").orElseThrow()),
                        policies)
                .policy();
        return new Principal(new TenantId("ten_acme"), "key_1", Set.of(), Reach.ALL, policy);
    }

    private static void measure(String what, int calls, BooleanSupplier call) {
        double[] nanos = new double[ROUNDS];
        long yes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                yes += call.getAsBoolean() ? 1 : 0;
            }
            nanos[round] = (System.nanoTime() - start) / (double) calls;
        }
        Arrays.sort(nanos);
        System.out.printf(Locale.ROOT, "%-45s %10.0f ns  (%d)%n", what, nanos[ROUNDS / 2], yes);
    }
}
