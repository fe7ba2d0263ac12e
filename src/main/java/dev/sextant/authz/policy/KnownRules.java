package dev.sextant.authz.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;

/** Reads the policy of whoever asks, and remembers how it was read. Safe for all threads. */
public final class KnownRules {

    private static final String DATASETS = "dataset/";
    private static final int POLICIES_MAX = 10_000;

    private final Cache<PolicyFingerprint, Rules> fingerprintToRules =
            Caffeine.newBuilder().maximumSize(POLICIES_MAX).build();

    public Rules of(Principal principal) {
        Policy policy = principal.policy();
        return policy.equals(Policy.SEES_ALL)
                ? Rules.ALL
                : fingerprintToRules.get(policy.fingerprint(), _ -> Rules.of(policy));
    }

    /** Datasets that the credential may not touch are none, whatever its roles give. */
    public boolean allow(Principal principal, Action action, String resource) {
        return !isBeyond(principal, resource) && of(principal).allows(action, resource);
    }

    private static boolean isBeyond(Principal principal, String resource) {
        return resource.startsWith(DATASETS) && !principal.reach().covers(resource.substring(DATASETS.length()));
    }

    /**
     * Lets pass who may. Whoever may not even see the resource is told that it is not there.
     *
     * @param notFound what would be said if it were not there
     * @throws ProblemException {@code PolicyDenied}, or {@code notFound}
     */
    public void require(Principal principal, Action action, String resource, Problem notFound) {
        if (!allow(principal, action, resource)) {
            throw new ProblemException(allow(principal, Action.READ, resource) ? denied(action) : notFound);
        }
    }

    /**
     * Lets pass who may make a resource of that name, whether it is there or not.
     *
     * @throws ProblemException {@code PolicyDenied}
     */
    public void requireToMake(Principal principal, Action action, String resource) {
        if (isBeyond(principal, resource)) {
            throw new ProblemException(
                    new Problem.PolicyDenied(
                            "Your key is limited to some datasets, and this is none of them: its datasets name those that it may make."));
        }
        if (!allow(principal, action, resource)) {
            throw new ProblemException(denied(action));
        }
    }

    private static Problem denied(Action action) {
        return new Problem.PolicyDenied("Your roles do not allow to %s this; POST /api/v2/authz/explain tells the rule."
                .formatted(action.text()));
    }
}
