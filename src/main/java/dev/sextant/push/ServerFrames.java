package dev.sextant.push;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sextant.http.ProblemDocument;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.InvalidRequest;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.Trace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The small frames that we send; snapshots and deltas are made where they come from. Pure. */
final class ServerFrames {

    private static final String STREAM = "/api/v2/analytics/realtime/stream";

    private record Ready(String op, String session, String node, long heartbeatMs, int credits) {}

    private record Conflated(String op, String id, long skipped) {}

    private record Resync(String op, String id, String reason) {}

    private record TokenExpiring(String op, long inMs) {}

    private record Moving(String op, long retryMs) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Refusal(String op, @Nullable String id, ProblemDocument problem) {}

    private ServerFrames() {}

    static String ready(String session, String node, long heartbeatMillis, int credits) {
        return text(new Ready("ready", session, node, heartbeatMillis, credits));
    }

    static String conflated(String id, long skipped) {
        return text(new Conflated("conflated", id, skipped));
    }

    static String resync(String id, String reason) {
        return text(new Resync("resync", id, reason));
    }

    static String tokenExpiring(long inMillis) {
        return text(new TokenExpiring("token_expiring", inMillis));
    }

    static String moving(long retryMillis) {
        return text(new Moving("moving", retryMillis));
    }

    /** The problem as a response would show it, with pointers into the frame that it is about. */
    static String error(@Nullable String id, Problem problem, Trace trace) {
        return text(new Refusal("error", id, ProblemDocument.of(problem, STREAM, trace)));
    }

    /** What is wrong with a query stands below {@code query}, what is wrong with a parameter is a member of the frame. */
    static Problem inFrame(Problem problem) {
        return switch (problem) {
            case InvalidRequest invalid -> new InvalidRequest(inFrame(invalid.errors()), invalid.detail());
            case Unprocessable refused ->
                new Unprocessable(refused.reason(), inFrame(refused.errors()), refused.detail());
            default -> problem;
        };
    }

    private static List<Violation> inFrame(List<Violation> errors) {
        return errors.stream()
                .map(error -> Violation.at(
                        error.parameter() == null ? "/query" + error.pointer() : "/" + error.parameter(),
                        error.code(),
                        error.detail()))
                .toList();
    }

    private static String text(Record frame) {
        return new String(Json.write(frame), StandardCharsets.UTF_8);
    }
}
