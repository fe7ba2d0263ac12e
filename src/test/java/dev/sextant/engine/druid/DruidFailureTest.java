package dev.sextant.engine.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class DruidFailureTest {

    private static Object problem(int status, String body) {
        Throwable failure = new DruidFailure(1000).of(status, Buffer.buffer(body));
        return failure instanceof ProblemException known ? known.problem() : failure;
    }

    private static String body(String category, String message, String legacy) {
        return """
                {"error": "druidException", "category": "%s", "errorMessage": "%s", "context": {"legacyErrorCode": "%s"}}
                """.formatted(category, message, legacy);
    }

    @Test
    void tellsByCategoryWhatHappened() {
        assertThat(problem(504, body("TIMEOUT", "", ""))).isInstanceOf(Problem.DeadlineExceeded.class);
        assertThat(problem(500, body("CANCELED", "", ""))).isInstanceOf(Problem.Cancelled.class);
        assertThat(problem(429, body("CAPACITY_EXCEEDED", "", ""))).isInstanceOf(Problem.Overloaded.class);
        assertThat(problem(501, body("UNSUPPORTED", "", ""))).isInstanceOf(Problem.Unprocessable.class);
        assertThat(problem(500, body("RUNTIME_FAILURE", "", ""))).isInstanceOf(Problem.Fault.class);
        assertThat(problem(400, body("CAPACITY_EXCEEDED", "", "Resource limit exceeded")))
                .isEqualTo(new Problem.LimitExceeded(
                        "engine.druid.queries.subquery_rows_max",
                        1000,
                        "The query needs more rows at once than it may hold; narrow its time range or group by less."));
    }

    @Test
    void tellsThatANameIsNotKnown() {
        assertThat(problem(400, body("INVALID_INPUT", "Object 'x' not found", "")))
                .isInstanceOf(DruidFailure.UnknownName.class);
    }

    @Test
    void blamesTheQueryWhereASumHasNoRoom() {
        assertThat(problem(500, body("RUNTIME_FAILURE", "/ by zero", "Unknown exception")))
                .isInstanceOfSatisfying(
                        Problem.Unprocessable.class,
                        problem -> assertThat(problem.reason()).isEqualTo(Problem.Unprocessable.Reason.INVALID_QUERY));
    }

    @Test
    void isAwayWhereSomethingElseAnswersForDruid() {
        assertThat(problem(503, "<html>")).isInstanceOf(Problem.Unavailable.class);
    }

    @Test
    void leaksNothing() {
        assertThat(problem(500, body("RUNTIME_FAILURE", "cannot cast secret", "")))
                .isInstanceOfSatisfying(
                        Problem.Fault.class, fault -> assertThat(fault.detail()).doesNotContain("secret"));
    }
}
