package dev.sextant.security.settings;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.security.settings.SecuritySettings.KeyRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells which rules of keys a change touches, and what is wrong with those that are wanted. Pure. */
final class KeyRules {

    private KeyRules() {}

    /** The keys whose rule is set, changed or taken away, each once. */
    static List<String> touched(SecuritySettings present, SecuritySettings wanted) {
        return Stream.concat(present.keyRules().stream(), wanted.keyRules().stream())
                .map(KeyRule::keyId)
                .distinct()
                .filter(key -> !Objects.equals(present.rule(key), wanted.rule(key)))
                .toList();
    }

    /** Each rule for a key that has one already. */
    static List<Violation> doubles(SecuritySettings wanted) {
        Set<String> seen = new HashSet<>();
        return violations(
                wanted,
                rule -> !seen.add(rule.keyId()),
                Violation.at("/key_id", "not_allowed", "must have one rule only"));
    }

    /** @throws ProblemException {@code InvalidRequest} where a rule is for one of {@code unknown} */
    static void requireKnown(SecuritySettings wanted, List<String> unknown) {
        refuse(
                violations(
                        wanted,
                        rule -> unknown.contains(rule.keyId()),
                        Violation.at("/key_id", "not_allowed", "must be one of your tenant's keys")),
                "Rules are for keys that the tenant has.");
    }

    /**
     * A key that binds itself to what its connection does not show could not take it back.
     *
     * @param shown see {@link ReplaceSettings}
     * @throws ProblemException {@code InvalidRequest}
     */
    static void requireShown(SecuritySettings wanted, String actor, String shown) {
        refuse(
                violations(
                        wanted,
                        rule -> rule.keyId().equals(actor)
                                && rule.certificateSha256() != null
                                && !rule.certificateSha256().equals(shown),
                        Violation.at("/certificate_sha256", "not_allowed", "must be of the certificate that you show")),
                "The key that you use would be refused at once: call with that certificate, or use another key.");
    }

    private static void refuse(List<Violation> violations, String detail) {
        if (!violations.isEmpty()) {
            throw new ProblemException(new Problem.InvalidRequest(violations, detail));
        }
    }

    private static List<Violation> violations(SecuritySettings wanted, Predicate<KeyRule> isWrong, Violation ofRule) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < wanted.keyRules().size(); i++) {
            if (isWrong.test(wanted.keyRules().get(i))) {
                violations.add(Violation.at("/key_rules/" + i + ofRule.pointer(), ofRule.code(), ofRule.detail()));
            }
        }
        return violations;
    }
}
