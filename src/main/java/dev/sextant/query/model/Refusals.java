package dev.sextant.query.model;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects all that is wrong with a body, so that one problem tells it. The first one names the problem. */
final class Refusals {

    /** So many are told; a body can hold more. */
    private static final int TOLD_MAX = 100;

    private final Reason general;
    private final List<Violation> violations = new ArrayList<>();
    private Reason first;

    /** @param general the reason of whatever has none of its own */
    Refusals(Reason general) {
        this.general = general;
        this.first = general;
    }

    Reason general() {
        return general;
    }

    void add(Reason reason, String pointer, String detail) {
        if (violations.isEmpty()) {
            first = reason;
        }
        if (violations.size() < TOLD_MAX) {
            violations.add(Violation.at(pointer, reason.name().toLowerCase(Locale.ROOT), detail));
        }
    }

    void add(String pointer, String detail) {
        add(general, pointer, detail);
    }

    boolean isEmpty() {
        return violations.isEmpty();
    }

    /** @throws ProblemException where there are any */
    void throwIfAny() {
        if (!isEmpty()) {
            throw new ProblemException(problem());
        }
    }

    private Problem problem() {
        String detail = violations.getFirst().detail();
        String more = violations.size() == 1 ? "" : " (and %d more)".formatted(violations.size() - 1);
        return new Unprocessable(first, violations, detail + more);
    }
}
