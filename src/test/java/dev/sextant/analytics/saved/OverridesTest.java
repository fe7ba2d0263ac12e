package dev.sextant.analytics.saved;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Bodies;
import org.junit.jupiter.api.Test;

class OverridesTest {

    private static String put(String changes, String saved) {
        return Overrides.put(Bodies.json(changes), Bodies.json(saved))
                .toString()
                .replace('"', '\'');
    }

    @Test
    void whatIsGivenTakesThePlaceOfWhatIsKept() {
        assertThat(put("{'limit':5,'time_range':{'last':'1d'}}", "{'limit':9,'dataset':'a'}"))
                .isEqualTo("{'limit':5,'dataset':'a','time_range':{'last':'1d'}}");
    }

    @Test
    void aFilterHasToBeMetBesideTheOneThatIsKept() {
        assertThat(put("{'filter':{'segment':'x'}}", "{'filter':{'segment':'y'}}"))
                .isEqualTo("{'filter':{'and':[{'segment':'y'},{'segment':'x'}]}}");
        assertThat(put("{'filter':{'segment':'x'}}", "{'filter':null}")).isEqualTo("{'filter':{'segment':'x'}}");
        assertThat(put("{'filter':null}", "{'filter':{'segment':'y'}}")).isEqualTo("{'filter':{'segment':'y'}}");
    }
}
