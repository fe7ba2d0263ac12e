package dev.sextant.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Trace;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemDocumentTest {

    private static final Trace TRACE = new Trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    @Test
    void whatPassesByItselfIsRetryable() {
        assertThat(Stream.of(
                        new Problem.ScaleInProgress("wait"),
                        new Problem.IdempotencyInProgress("wait"),
                        new Problem.RequestTimeout("wait"),
                        new Problem.QuotaExceeded(1, "wait"),
                        new Problem.AbnormalUsage(1, "wait"),
                        new Problem.Overloaded(1, "wait"),
                        new Problem.Unavailable("store", "wait"),
                        new Problem.IdentityUnavailable("wait"),
                        new Problem.AuditUnavailable("wait"),
                        new Problem.DeadlineExceeded("wait")))
                .allMatch(ProblemDocumentTest::isRetryable);
    }

    @Test
    void whatStaysUntilSomebodyChangesSomethingIsNot() {
        assertThat(Stream.of(
                        new Problem.AlreadyExists("taken"),
                        new Problem.Cancelled("over"),
                        new Problem.PreconditionFailed("changed"),
                        new Problem.NotFound("none"),
                        new Problem.TenantSuspended("suspended"),
                        new Problem.TooLarge(1, "large"),
                        new Problem.VersionNotSupported("another"),
                        new Problem.Fault("incident", "a fault")))
                .noneMatch(ProblemDocumentTest::isRetryable);
    }

    private static boolean isRetryable(Problem problem) {
        return ProblemDocument.of(problem, "/", TRACE).retryable();
    }
}
