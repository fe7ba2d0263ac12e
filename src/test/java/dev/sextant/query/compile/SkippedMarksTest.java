package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Grain;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkippedMarksTest {

    /**
     * Each spring, Troll leaps from 01:00 to 03:00; St John's did from 00:01 to 01:01, in 1988 to 02:01; Berlin
     * does from 02:00 to 03:00.
     */
    @ParameterizedTest
    @CsvSource({
        "Antarctica/Troll, 2h, [3600]",
        "Antarctica/Troll, 6h, []",
        "Antarctica/Troll, 1d, []",
        "America/St_Johns, 5h, '[3540, 7140]'",
        "Europe/Berlin, 2h, []",
        "America/Havana, 1d, []",
        "Asia/Tokyo, 1d, []"
    })
    void knowsHowLongAfterTheLeapAMarkWouldHaveBeen(String zone, String grain, String seconds) {
        assertThat(SkippedMarks.seconds(ZoneId.of(zone), Grain.parse(grain).orElseThrow()))
                .hasToString(seconds);
    }
}
