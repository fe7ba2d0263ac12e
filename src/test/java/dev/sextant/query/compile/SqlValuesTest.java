package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sextant.engine.FieldType;
import dev.sextant.kernel.ProblemException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlValuesTest {

    @Test
    void readsInstantsWithTheirOffset() {
        assertThat(SqlValues.read(List.of(new TextNode("9999-12-31T05:00:00-18:00")), List.of(FieldType.TIMESTAMP)))
                .containsExactly(Instant.parse("9999-12-31T23:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59.999-18:00", "0001-01-01T00:00:00+01:00", "+10000-01-01T00:00:00Z"})
    void refusesInstantsThatNoYearOfFourDigitsHas(String text) {
        assertThatThrownBy(() -> SqlValues.read(List.of(new TextNode(text)), List.of(FieldType.TIMESTAMP)))
                .isInstanceOf(ProblemException.class);
    }
}
