package dev.sextant.datasets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.authz.policy.Action;
import dev.sextant.authz.policy.DatasetRules;
import dev.sextant.authz.policy.KnownRules;
import dev.sextant.authz.policy.Resources;
import dev.sextant.authz.policy.Rules;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.query.model.SeenModel;
import java.util.List;

/** Datasets as they are seen under a policy, made once for each. Safe for all threads. */
final class SeenDatasets {

    private static final int SEEN_MAX = 10_000;

    private record Key(Dataset whole, PolicyFingerprint policy, Action action) {

        /** The same instance: two declarations are not compared for it. */
        @Override
        @SuppressWarnings("ReferenceEquality") // The catalog keeps one instance for as long as nothing has changed.
        public boolean equals(Object other) {
            return other instanceof Key key && whole == key.whole && action == key.action && policy.equals(key.policy);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * System.identityHashCode(whole) + policy.hashCode()) + action.hashCode();
        }
    }

    private final KnownRules rules;
    private final Cache<Key, Dataset> keyToSeen =
            Caffeine.newBuilder().maximumSize(SEEN_MAX).build();

    SeenDatasets(KnownRules rules) {
        this.rules = rules;
    }

    /** Those of them with which {@code who} may do this, in their order. */
    List<Dataset> of(Principal who, Action action, List<Dataset> wholes) {
        if (who.policy().equals(Policy.SEES_ALL) && !who.reach().isLimited()) {
            return wholes;
        }
        Rules own = rules.of(who);
        return wholes.stream()
                .filter(whole -> rules.allow(who, action, Resources.dataset(whole.name())))
                .map(whole -> keyToSeen.get(
                        new Key(whole, who.policy().fingerprint(), action), _ -> seen(own, action, whole)))
                .toList();
    }

    private static Dataset seen(Rules own, Action action, Dataset whole) {
        DatasetRules kept = own.dataset(action, whole.name());
        return kept.areNone() ? whole : whole.with(SeenModel.of(whole.model(), kept));
    }
}
