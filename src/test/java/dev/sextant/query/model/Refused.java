package dev.sextant.query.model;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.ProblemException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a reader refuses, for tests. */
final class Refused {

    private Refused() {}

    static Unprocessable problem(ThrowingCallable reading) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, reading);
        if (refused == null || !(refused.problem() instanceof Unprocessable problem)) {
            throw new AssertionError("Nothing was refused");
        }
        return problem;
    }

    /** Each as {@code "pointer code"}. */
    static List<String> places(ThrowingCallable reading) {
        return problem(reading).errors().stream()
                .map(error -> error.pointer() + " " + error.code())
                .toList();
    }
}
