package dev.sextant.limits;

import dev.sextant.kernel.TenantId;
import dev.sextant.limits.Leases.Held;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tenant's limits as they are counted on this node.
 *
 * @param kept what it was made of
 * @param inForce the tenant's own within its plan, or the plan's
 * @param endsAtMillis when other limits are in force, since 1970
 */
record Account(Kept kept, Limits inForce, long endsAtMillis, Passage ofOthers, Map<String, Passage> keyToPassage) {

    /**
     * What a caller's calls count against.
     *
     * @param owner whose waiting calls stand in one line
     * @param always with each call
     * @param ofQueries with each query, these beside
     * @param policies as {@code RateLimit-Policy}
     */
    record Passage(Owner owner, List<Held> always, List<Held> ofQueries, String policies, Limits limits) {}

    /** A tenant, or one of its keys that has limits of its own ({@code ""} for none). */
    record Owner(TenantId tenant, String key) {}

    static Account of(TenantId tenant, Kept kept, LimitsConfig.Plans plans, Leases leases, Instant now) {
        Limits plan = Limits.of(kept.of(plans));
        Instant expiresAt = kept.own().expiresAt();
        boolean isOver = expiresAt != null && !now.isBefore(expiresAt);
        Limits inForce = isOver ? plan : Within.tighter(kept.own(), plan);
        List<Held> ofTenant = leases(tenant, "tenant", Policies.ofTenant(inForce), leases);
        Map<String, Passage> keyToPassage = new HashMap<>();
        for (Limits.KeyLimits override : inForce.ofKeys()) {
            List<Held> ofKey = leases(tenant, override.apiKey(), Policies.ofKey(override), leases);
            keyToPassage.put(
                    override.apiKey(),
                    passage(new Owner(tenant, override.apiKey()), together(ofKey, ofTenant), inForce));
        }
        return new Account(
                kept,
                inForce,
                expiresAt == null || isOver ? Long.MAX_VALUE : expiresAt.toEpochMilli(),
                passage(new Owner(tenant, ""), ofTenant, inForce),
                Map.copyOf(keyToPassage));
    }

    private static List<Held> leases(TenantId tenant, String owner, List<Policy> policies, Leases leases) {
        return policies.stream().map(policy -> leases.of(tenant, owner, policy)).toList();
    }

    private static List<Held> together(List<Held> ofKey, List<Held> ofTenant) {
        List<Held> all = new ArrayList<>(ofKey);
        all.addAll(ofTenant);
        return all;
    }

    private static Passage passage(Owner owner, List<Held> all, Limits inForce) {
        return new Passage(
                owner,
                only(all, true),
                only(all, false),
                all.stream().map(held -> held.lease.policy().header()).collect(Collectors.joining(", ")),
                inForce);
    }

    private static List<Held> only(List<Held> all, boolean ofRequests) {
        Stream<Held> chosen = all.stream().filter(held -> (held.lease.unit() == Policy.Unit.REQUESTS) == ofRequests);
        return chosen.toList();
    }

    /** @param actor a key, or whoever else calls */
    Passage passage(String actor) {
        return keyToPassage.isEmpty() ? ofOthers : keyToPassage.getOrDefault(actor, ofOthers);
    }
}
