package dev.sextant.identity.key;

import dev.sextant.authz.policy.Scope;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.KeyBounds.Bounds;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what a caller may give to a key. Pure. Nobody gives more than they have. */
final class Grant {

    /**
     * Who gives.
     *
     * @param caller at the tenant that the key is for
     * @param bounds of the caller's own key
     */
    record Giver(Principal caller, Bounds bounds) {}

    private Grant() {}

    /** As {@link #check}; refuses what would last longer than the caller's own key, too. */
    static void checkWhole(Giver giver, CreateKey wish) {
        check(giver, wish);
        checkEnd(giver.bounds().expiresAt(), wish.expiresAt());
    }

    /**
     * Refuses what the caller has not, but for its end.
     *
     * @throws ProblemException {@code InvalidRequest} for a scope that there is not, {@code InsufficientScope} for one that
     *     the caller may not give, {@code PolicyDenied} for datasets that the caller may not touch, for addresses and roles
     *     beyond those of the caller's key, and where anything is kept back from the caller
     */
    static void check(Giver giver, CreateKey wish) {
        check(giver.caller(), wish);
        checkRanges(giver.bounds().addressRanges(), wish.addressRanges());
        checkRoles(giver.bounds().roles(), wish.roles());
    }

    /**
     * Refuses a caller whose key works with one certificate only: no other key is bound to it.
     *
     * @throws ProblemException {@code PolicyDenied}
     */
    static void requireUnbound(Giver giver) {
        if (giver.bounds().certificateSha256() != null) {
            throw new ProblemException(
                    new Problem.PolicyDenied(
                            "Your key works with one certificate only, and so can make and change no other key: use one without."));
        }
    }

    /**
     * Refuses a caller that is limited to datasets or addresses: rules of other keys know no such limits.
     *
     * @throws ProblemException {@code PolicyDenied}
     */
    static void requireUnlimited(Giver giver) {
        if (giver.caller().reach().isLimited() || giver.bounds().addressRanges() != null) {
            throw new ProblemException(
                    new Problem.PolicyDenied(
                            "Your key is limited to some datasets or addresses, and so can change no rule of another key: use one without."));
        }
    }

    private static void check(Principal caller, CreateKey wish) {
        check(caller, wish.scopes());
        if (!caller.policy().equals(Policy.SEES_ALL)) {
            throw new ProblemException(
                    new Problem.PolicyDenied(
                            "Something is kept back from you by rules: only those who may do and see all make and change keys."));
        }
        if (!caller.reach().covers(Reach.of(wish.datasets()))) {
            throw new ProblemException(
                    new Problem.PolicyDenied(
                            "Your credential is limited to some datasets, and can give no others: name some of those in datasets."));
        }
    }

    /** What is taken from the roles of a key is taken from the keys that it made, too. */
    private static void checkRoles(List<String> own, List<String> wanted) {
        boolean isWithin = own.isEmpty() || (!wanted.isEmpty() && own.containsAll(wanted));
        if (!isWithin) {
            throw new ProblemException(new Problem.PolicyDenied(
                    "Your credential has roles, and can make no key without them: name some of those in roles."));
        }
    }

    private static void checkEnd(@Nullable Instant own, @Nullable Instant wanted) {
        boolean isWithin = own == null || (wanted != null && !wanted.isAfter(own));
        if (!isWithin) {
            throw new ProblemException(new Problem.PolicyDenied(
                    "Your credential ends at %s, and can make or change no key that ends later: name that time, or one before it, in expires_at."
                            .formatted(own)));
        }
    }

    /**
     * @param own from where the caller's key may be used; null for anywhere
     * @param wanted each in the form that is kept; null for anywhere
     * @throws ProblemException {@code PolicyDenied} where the caller may give less
     */
    private static void checkRanges(@Nullable List<String> own, @Nullable List<String> wanted) {
        boolean isWithin = own == null
                || (wanted != null
                        && KeyProver.ranges(wanted).stream()
                                .allMatch(range ->
                                        KeyProver.ranges(own).stream().anyMatch(there -> there.covers(range))));
        if (!isWithin) {
            throw new ProblemException(
                    new Problem.PolicyDenied(
                            "Your credential is limited to some addresses, and can give no others: name some of those in address_ranges."));
        }
    }

    private static void check(Principal caller, List<String> scopes) {
        for (int i = 0; i < scopes.size(); i++) {
            int place = i;
            Scope scope = Scope.of(scopes.get(i)).orElseThrow(() -> unknown(place));
            if (!allows(caller, scope)) {
                throw new ProblemException(new Problem.InsufficientScope(scope.text(), refusal(caller, scope)));
            }
        }
    }

    private static boolean allows(Principal caller, Scope scope) {
        Set<String> own = caller.scopes();
        return scope.ofPlatform()
                ? isPlatform(caller) && own.contains(scope.text())
                : own.contains(scope.text()) || own.contains(Scope.PLATFORM_CROSS_TENANT.text());
    }

    private static boolean isPlatform(Principal caller) {
        return caller.tenant().equals(TenantId.PLATFORM);
    }

    private static String refusal(Principal caller, Scope scope) {
        return scope.ofPlatform() && !isPlatform(caller)
                ? "Only keys of the platform's own tenant may have the scope '%s'.".formatted(scope.text())
                : "A key can give only scopes that it has; yours lacks '%s'.".formatted(scope.text());
    }

    private static ProblemException unknown(int place) {
        String pointer = "/scopes/" + place;
        Violation violation =
                Violation.at(pointer, "not_allowed", "must be one of " + String.join(", ", sortedScopes()));
        return new ProblemException(new Problem.InvalidRequest(List.of(violation), "There is no such scope."));
    }

    private static List<String> sortedScopes() {
        return Scope.all().stream().sorted().toList();
    }
}
