package dev.sextant.engine.druid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an answer of Druid's that is none means to the caller. Its texts may quote data or SQL, so they go nowhere; its
 * categories and codes tell enough.
 */
final class DruidFailure {

    private static final Logger LOG = LoggerFactory.getLogger(DruidFailure.class);
    private static final int SERVER_AWAY_FROM = 502;

    /** Statements of ours divide by zero where a sum has no room in 64 bits, and nowhere else. */
    private static final String SUM_TOO_LARGE = "/ by zero";

    /** The datasource, or a column of it, is not known to the broker; for whoever knows that it may not be. */
    static final class UnknownName extends Exception {

        private static final long serialVersionUID = 1L;

        UnknownName() {
            super("A broker does not know a datasource or a column", null, false, false);
        }
    }

    private final int subqueryRowsMax;

    /** @param subqueryRowsMax as the caller is told where it is not enough */
    DruidFailure(int subqueryRowsMax) {
        this.subqueryRowsMax = subqueryRowsMax;
    }

    /** Logs what is a fault of ours, once. */
    Throwable of(int status, Buffer body) {
        JsonNode error = tree(body);
        String category = text(error, "category");
        String code = error == null ? "" : text(error.path("context"), "legacyErrorCode");
        return switch (category) {
            case "TIMEOUT" -> new ProblemException(late());
            case "CANCELED" -> new ProblemException(new Problem.Cancelled("The query was stopped."));
            case "CAPACITY_EXCEEDED" -> new ProblemException(overCapacity(code));
            case "UNSUPPORTED" ->
                new ProblemException(new Problem.Unprocessable(
                        Reason.NOT_SUPPORTED, List.of(), "This engine cannot answer such a query; ask it in parts."));
            case "INVALID_INPUT" -> isUnknownName(error) ? new UnknownName() : new ProblemException(fault(error));
            default -> new ProblemException(other(status, error, category, code));
        };
    }

    private Problem other(int status, @Nullable JsonNode error, String category, String code) {
        if (code.equals("Resource limit exceeded")) {
            return tooMuch();
        }
        if (text(error, "errorMessage").contains(SUM_TOO_LARGE)) {
            return new Problem.Unprocessable(
                    Reason.INVALID_QUERY,
                    List.of(),
                    "A sum in the query's result is too large; sum over less, or over smaller numbers.");
        }
        return category.isEmpty() && status >= SERVER_AWAY_FROM ? away() : fault(error);
    }

    private static boolean isUnknownName(@Nullable JsonNode error) {
        String message = text(error, "errorMessage");
        return message.contains("not found");
    }

    private Problem overCapacity(String code) {
        return code.equals("Resource limit exceeded")
                ? tooMuch()
                : new Problem.Overloaded(1, "Too many queries run at once; ask again in a moment.");
    }

    private Problem tooMuch() {
        return new Problem.LimitExceeded(
                "engine.druid.queries.subquery_rows_max",
                subqueryRowsMax,
                "The query needs more rows at once than it may hold; narrow its time range or group by less.");
    }

    static Problem late() {
        return new Problem.DeadlineExceeded("The work did not end within the time allowed; it was stopped.");
    }

    static Problem away() {
        return new Problem.Unavailable("engine", "The events cannot be read now; ask again in a moment.");
    }

    /** A fault of ours, with what Druid calls it. */
    static Problem fault(@Nullable JsonNode error) {
        String incident = UUID.randomUUID().toString();
        LOG.error(
                "Engine[druid] failed, incident[{}], problem[{} {}]",
                incident,
                text(error, "category"),
                text(error, "errorCode"));
        LOG.debug("Druid's own words for incident[{}]: {}", incident, error);
        return Problem.Fault.of(incident, "The request failed");
    }

    /** A fault of ours that Druid knows nothing of. */
    static ProblemException fault(Throwable failure) {
        if (failure instanceof ProblemException known) {
            return known;
        }
        String incident = UUID.randomUUID().toString();
        LOG.error("Engine[druid] failed, incident[{}]", incident, failure);
        return new ProblemException(Problem.Fault.of(incident, "The request failed"));
    }

    private static String text(@Nullable JsonNode node, String field) {
        return node == null ? "" : node.path(field).asText("");
    }

    private static @Nullable JsonNode tree(Buffer body) {
        try {
            JsonNode tree = Json.tree(body.getBytes());
            return tree.isObject() ? tree : null;
        } catch (IOException _) {
            return null;
        }
    }
}
