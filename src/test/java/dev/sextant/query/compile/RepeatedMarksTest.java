package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Grain;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatedMarksTest {

    /** In Berlin 02:00 comes twice each autumn, in Havana midnight, on Lord Howe 01:30. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2h, true",
        "Europe/Berlin, 6h, false",
        "Europe/Berlin, 1d, false",
        "America/Havana, 6h, true",
        "America/Havana, 1d, true",
        "America/Havana, 1mo, true",
        "Australia/Lord_Howe, 1d, false",
        "Asia/Tokyo, 1d, false"
    })
    void knowsWhereAMarkComesTwice(String zone, String grain, boolean repeats) {
        boolean found = !RepeatedMarks.seconds(
                        ZoneId.of(zone), Grain.parse(grain).orElseThrow())
                .isEmpty();

        assertThat(found).isEqualTo(repeats);
    }
}
