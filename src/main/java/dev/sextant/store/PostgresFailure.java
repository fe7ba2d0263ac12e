package dev.sextant.store;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells what a failure of PostgreSQL means. Source of the codes: PostgreSQL 18 manual, appendix A. */
public final class PostgresFailure {

    private static final String UNIQUE_VIOLATION = "23505";

    /** Connection lost, resources gone, shut down or starting up, cancelled by a limit. */
    private static final Set<String> AWAY_CLASSES = Set.of("08", "53", "57");

    private PostgresFailure() {}

    /** Whether a row with this key is there already. */
    public static boolean isDuplicate(Throwable failure) {
        return failure instanceof DatabaseException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
    }

    /** Fails with a problem where PostgreSQL is away or full, else with what {@code failure} was. */
    static <T> Future<T> of(Throwable failure) {
        if (failure instanceof ConnectionPoolTooBusyException) {
            return ProblemException.failed(new Problem.Overloaded(1, "Too many requests wait for the database"));
        }
        return isAway(failure)
                ? ProblemException.failed(new Problem.Unavailable("postgres", "The database cannot be reached"))
                : Future.failedFuture(failure);
    }

    private static boolean isAway(Throwable failure) {
        if (failure instanceof DatabaseException refused) {
            String state = refused.getSqlState();
            return state != null && state.length() == 5 && AWAY_CLASSES.contains(state.substring(0, 2));
        }
        // Whatever else the client library raises comes from the connection.
        return failure instanceof VertxException
                || failure instanceof IOException
                || failure instanceof TimeoutException;
    }
}
