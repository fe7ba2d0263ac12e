package dev.sextant.query.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Grain.Unit;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrainTest {

    @ParameterizedTest
    @CsvSource({
        "30s, 30, SECOND", "15m, 15, MINUTE", "6h, 6, HOUR", "1d, 1, DAY", "2w, 2, WEEK", "1mo, 1, MONTH",
        "1q, 1, QUARTER", "1y, 1, YEAR", "PT30S, 30, SECOND", "PT15M, 15, MINUTE", "PT6H, 6, HOUR", "P1D, 1, DAY",
        "P2W, 2, WEEK", "P1M, 1, MONTH", "P1Y, 1, YEAR"
    })
    void readsBothForms(String text, int amount, Unit unit) {
        assertThat(Grain.parse(text)).contains(new Grain(amount, unit));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "m", "0m", "-1m", "1.5h", "15M", "15 m", "1mon", "100001s", "P", "PT", "P1DT1H", "PT1D", "P1H",
                "P0D"
            })
    void readsNothingElse(String text) {
        assertThat(Grain.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1s", "15m", "6h", "1d", "2w", "1mo", "1q", "10y"})
    void writesTheShortForm(String text) {
        assertThat(Grain.parse(text).orElseThrow().format()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "15m, 2016-02-29T11:45:00Z",
        "1d, 2016-02-28T12:00:00Z",
        "1w, 2016-02-22T12:00:00Z",
        "1mo, 2016-01-29T12:00:00Z",
        "1q, 2015-11-29T12:00:00Z",
        "1y, 2015-02-28T12:00:00Z"
    })
    void goesBackInTheUtcCalendar(String text, Instant expected) {
        TimeRange.Last last = new TimeRange.Last(Grain.parse(text).orElseThrow());

        assertThat(last.at(Instant.parse("2016-02-29T12:00:00Z")).from()).isEqualTo(expected);
    }

    @Test
    void goesBackNoFurtherThanTheYearOne() {
        TimeRange.Last last = new TimeRange.Last(new Grain(100_000, Unit.YEAR));

        assertThat(last.at(Instant.parse("2016-02-29T12:00:00Z")).from()).isEqualTo("0001-01-01T00:00:00Z");
    }
}
