package dev.sextant.identity.key;

import dev.sextant.authz.policy.Scope;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what a caller may give to a key. Pure. Nobody gives more than they have. */
final class Grant {

    private Grant() {}

    /**
     * @param caller at the tenant that the key is for
     * @throws ProblemException {@code InvalidRequest} for a scope that there is not, {@code InsufficientScope} for one that
     *     the caller may not give, {@code PolicyDenied} for datasets that the caller may not touch, and where anything is
     *     kept back from the caller
     */
    static void check(Principal caller, CreateKey wish) {
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

    /**
     * @param own from where the caller's key may be used; null for anywhere
     * @param wanted each in the form that is kept; null for anywhere
     * @throws ProblemException {@code PolicyDenied} where the caller may give less
     */
    static void checkRanges(@Nullable List<String> own, @Nullable List<String> wanted) {
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
