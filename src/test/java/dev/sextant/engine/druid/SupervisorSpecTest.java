package dev.sextant.engine.druid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SupervisorSpecTest {

    private static SupervisorSpec of(String... columns) {
        return new SupervisorSpec("pool", DruidConfig.DEFAULT, Set.of(columns));
    }

    private static String declared(JsonNode json) {
        return json.at("/spec/dataSchema/dimensionsSpec/dimensions").toString();
    }

    @Test
    void declaresColumnsOfNumbersAndNoOthers() {
        assertThat(declared(
                        of("l_n", "d_x", "b_flag", "t_seen", "s_page", "j_doc").json()))
                .contains(
                        "{\"type\":\"auto\",\"name\":\"l_n\",\"castToType\":\"LONG\"}",
                        "{\"type\":\"auto\",\"name\":\"d_x\",\"castToType\":\"DOUBLE\"}",
                        "{\"type\":\"auto\",\"name\":\"b_flag\",\"castToType\":\"LONG\"}",
                        "{\"type\":\"auto\",\"name\":\"t_seen\",\"castToType\":\"LONG\"}")
                .doesNotContain("s_page", "j_doc");
    }

    @Test
    void isMetByOneWithMoreColumnsAndNotByOneWithFewer() {
        assertThat(of("l_n").isMetBy(of("l_n", "d_x").json())).isTrue();
        assertThat(of("l_n", "s_page").isMetBy(of("l_n").json())).isTrue();
        assertThat(of("l_n", "d_x").isMetBy(of("l_n").json())).isFalse();
        assertThat(of("l_n").isMetBy(MissingNode.getInstance())).isFalse();
    }

    @Test
    void keepsWhatWasDeclared() {
        SupervisorSpec both = of("l_n").with(of("d_x").json());

        assertThat(both.isMetBy(of("l_n", "d_x").json())).isTrue();
        assertThat(both.isMetBy(of("l_n").json())).isFalse();
    }
}
