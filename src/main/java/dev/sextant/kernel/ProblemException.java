package dev.sextant.kernel;

import io.vertx.core.Future;

/**
 * The one exception that carries a {@link Problem} through a failed future. It has no stack trace.
 */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Principal refused;

    public ProblemException(Problem problem) {
        this(problem, Principal.NOBODY);
    }

    /** @param refused whom it refuses, though who that is was proven: it is on record as that one's */
    public ProblemException(Problem problem, Principal refused) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.refused = refused;
    }

    public Problem problem() {
        return problem;
    }

    /** Whom it refuses, where that was proven and nobody has told it yet; else {@code NOBODY}. */
    public Principal refused() {
        return refused;
    }

    /** The same failure, and if it is a problem, as one that refuses this caller. */
    public static Throwable of(Throwable failure, Principal refused) {
        return failure instanceof ProblemException known ? new ProblemException(known.problem, refused) : failure;
    }

    /** A future that has failed with {@code problem}. */
    public static <T> Future<T> failed(Problem problem) {
        return Future.failedFuture(new ProblemException(problem));
    }
}
