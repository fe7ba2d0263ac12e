package dev.sextant.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeNumberTest {

    private static @Nullable BigInteger read(String json) throws IOException {
        return WholeNumber.of(Json.tree(json.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5",
        "5.0, 5",
        "-0.0, 0",
        "1.2e3, 1200",
        "9007199254740991.0, 9007199254740991",
        "9007199254740993, 9007199254740993",
        "-9223372036854775808, -9223372036854775808",
        "170141183460469231731687303715884105727, 170141183460469231731687303715884105727"
    })
    void isTheNumberThatWasWritten(String json, BigInteger whole) throws IOException {
        assertThat(read(json)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5.5",
                "9007199254740993.0",
                "-9007199254740992.5",
                "9007199254740993e0",
                "1e300",
                "1e999",
                "\"5\"",
                "true",
                "null"
            })
    void isNoneWhereItMayBeAnother(String json) throws IOException {
        assertThat(read(json)).isNull();
    }
}
