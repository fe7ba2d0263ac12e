package dev.sextant.operations;

import dev.sextant.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** How an operation ended. */
record Ending(Status status, @Nullable Problem problem, Outcome.@Nullable Result result) {

    static Ending succeeded(Outcome.Result result) {
        return new Ending(Status.SUCCEEDED, null, result);
    }

    static Ending failed(Problem problem) {
        return new Ending(problem instanceof Problem.Cancelled ? Status.CANCELLED : Status.FAILED, problem, null);
    }
}
