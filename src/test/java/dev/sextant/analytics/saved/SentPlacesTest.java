package dev.sextant.analytics.saved;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.model.Bodies;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SentPlacesTest {

    private static final String SAVED =
            "{'filter':{'or':[{'field':'a','op':'eq','value':{'param':'p'}},{'segment':'s'}]},"
                    + "'measures':[{'agg':'count','filter':{'field':'b','op':'regex','value':{'param':'q'}}}]}";

    private static String told(String changes, String pointer) {
        Throwable told = SentPlaces.of(Bodies.json(changes), Bodies.json(SAVED))
                .told(new ProblemException(Unprocessable.at(pointer, Reason.INVALID_QUERY, "no")));
        Unprocessable problem = (Unprocessable) ((ProblemException) told).problem();
        return Objects.requireNonNull(problem.errors().getFirst().pointer());
    }

    @Test
    void aParametersValueStandsAmongTheParameters() {
        assertThat(told("{}", "/filter/or/0/value")).isEqualTo("/parameters/p");
        assertThat(told("{}", "/filter/or/0/value/3")).isEqualTo("/parameters/p/3");
        assertThat(told("{}", "/measures/0/filter/value")).isEqualTo("/parameters/q");
        assertThat(told("{}", "/filter/or/0/values")).isEqualTo("/filter/or/0/values");
    }

    @Test
    void besideAFilterOfTheCallersTheSavedOneStandsDeeper() {
        String changes = "{'filter':{'segment':'x'}}";
        assertThat(told(changes, "/filter/and/0/or/0/value")).isEqualTo("/parameters/p");
        assertThat(told(changes, "/filter/and/1/segment")).isEqualTo("/filter/segment");
        assertThat(told(changes, "/measures/0/filter/value")).isEqualTo("/parameters/q");
    }

    @Test
    void whatTheCallerReplacesIsTheCallersOwn() {
        assertThat(told("{'measures':[]}", "/measures/0/filter/value")).isEqualTo("/measures/0/filter/value");
    }
}
