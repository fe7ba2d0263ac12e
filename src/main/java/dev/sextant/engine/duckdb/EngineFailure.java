package dev.sextant.engine.duckdb;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failure means to the caller.
 *
 * <p>The driver gives neither code nor state, only texts such as {@code Conversion Error: Could not convert string 'x'}:
 * the kind stands before the colon. The rest may quote data or SQL, so it goes nowhere.
 */
final class EngineFailure {

    private static final Logger LOG = LoggerFactory.getLogger(EngineFailure.class);

    private final long memoryBytesMax;

    /** @param memoryBytesMax what a tenant may take, as the caller is told where it is not enough */
    EngineFailure(long memoryBytesMax) {
        this.memoryBytesMax = memoryBytesMax;
    }

    /** Logs what is a fault of ours, once. */
    ProblemException of(TenantId tenant, Throwable failure) {
        return failure instanceof ProblemException known ? known : new ProblemException(problem(tenant, failure));
    }

    private Problem problem(TenantId tenant, Throwable failure) {
        return switch (kind(failure)) {
            case "Invalid Input" ->
                invalid("The query does not work on this data: a pattern, a number or a format is not valid.");
            case "Conversion", "Mismatch Type" ->
                invalid(
                        "The query converts a value to a type that it does not fit: keep such values out by a CASE around the CAST.");
            case "Out of Range" ->
                invalid(
                        "A number or a date of the query is too large or too small: CAST whole numbers to DOUBLE, or keep such values out by a CASE.");
            case "Out of Memory" ->
                new Problem.LimitExceeded(
                        "engine.duckdb.tenants.memory_bytes_max",
                        memoryBytesMax,
                        "The query needs more memory than it may take; narrow its time range or group by less.");
            case "INTERRUPT" ->
                new Problem.DeadlineExceeded("The work did not end within the time allowed; it was stopped.");
            case "IO" -> away(tenant, failure);
            default -> fault(tenant, failure);
        };
    }

    private static Problem invalid(String detail) {
        return new Problem.Unprocessable(Reason.INVALID_QUERY, List.of(), detail);
    }

    private static Problem away(TenantId tenant, Throwable failure) {
        String incident = log(tenant, failure);
        return new Problem.Unavailable(
                "engine", "The tenant's data cannot be read or written now; quote incident " + incident + ".");
    }

    private static Problem fault(TenantId tenant, Throwable failure) {
        return Problem.Fault.of(log(tenant, failure), "The request failed");
    }

    private static String log(TenantId tenant, Throwable failure) {
        String incident = UUID.randomUUID().toString();
        LOG.error(
                "Engine[duckdb] failed, tenant[{}], incident[{}], problem[{}]",
                tenant,
                incident,
                summary(failure),
                withoutData(failure));
        return incident;
    }

    /** Whether the instance cannot go on: it must be closed and opened again. */
    static boolean endsInstance(Throwable failure) {
        return switch (kind(failure)) {
            case "FATAL", "INTERNAL", "IO" -> true;
            default -> false;
        };
    }

    /** {@code Conversion} of {@code Conversion Error: …}; {@code ""} where the engine did not fail. */
    private static String kind(Throwable failure) {
        String text = failure instanceof SQLException && failure.getMessage() != null ? failure.getMessage() : "";
        int end = text.indexOf(" Error:");
        return end < 0 || end > 40 ? "" : text.substring(0, end);
    }

    /** What names only tables, columns and types may be told to the log; all else keeps to its kind. */
    private static String summary(Throwable failure) {
        String kind = kind(failure);
        return switch (kind) {
            case "Binder", "Catalog", "IO", "TransactionContext" ->
                String.valueOf(failure.getMessage()).lines().findFirst().orElse(kind);
            default -> kind;
        };
    }

    /** The failure's stack, without the text of an engine's failure. */
    private static Throwable withoutData(Throwable failure) {
        if (!(failure instanceof SQLException)) {
            return failure;
        }
        Throwable told = new IllegalStateException("DuckDB failed");
        told.setStackTrace(failure.getStackTrace());
        return told;
    }
}
