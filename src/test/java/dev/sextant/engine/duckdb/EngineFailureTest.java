package dev.sextant.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineFailureTest {

    private static final TenantId ACME = new TenantId("ten_acme");

    private final EngineFailure failures = new EngineFailure(1000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Conversion Error: Could not convert string 'secret' to INT64",
                "Invalid Input Error: missing ): secret",
                "Out of Range Error: Overflow in addition of INT64 (secret)"
            })
    void blamesTheQueryForWhatItsValuesCause(String text) {
        Problem problem = problem(new SQLException(text));

        assertThat(problem).isInstanceOf(Problem.Unprocessable.class);
        assertThat(problem.detail()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Binder Error: no column", "Permission Error: no file", "no colon", "INTERNAL Error: x"})
    void takesAllElseForAFaultOfOurs(String text) {
        assertThat(problem(new SQLException(text))).isInstanceOf(Problem.Fault.class);
    }

    @Test
    void namesTheLimitWhereMemoryIsShort() {
        assertThat(problem(new SQLException("Out of Memory Error: failed to allocate")))
                .isInstanceOfSatisfying(
                        Problem.LimitExceeded.class,
                        problem -> assertThat(problem.allowed()).isEqualTo(1000));
    }

    @Test
    void isAwayWhereTheDiskIs() {
        assertThat(problem(new SQLException("IO Error: No space left on device")))
                .isInstanceOf(Problem.Unavailable.class);
    }

    @Test
    void passesProblemsOn() {
        ProblemException known = new ProblemException(new Problem.NotFound("There is no such dataset."));

        assertThat(failures.of(ACME, known)).isSameAs(known);
    }

    @ParameterizedTest
    @CsvSource({
        "FATAL Error: the database was invalidated, true",
        "INTERNAL Error: assertion, true",
        "IO Error: could not read, true",
        "Conversion Error: FATAL Error: in a value, false"
    })
    void knowsWhenAnInstanceCannotGoOn(String text, boolean ends) {
        assertThat(EngineFailure.endsInstance(new SQLException(text))).isEqualTo(ends);
    }

    private Problem problem(SQLException failure) {
        return failures.of(ACME, failure).problem();
    }
}
