package dev.sextant.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

    @Test
    void readsUtc() {
        assertThat(Instants.parse("1970-01-01T00:00:00Z")).isEqualTo(Instant.EPOCH);
        assertThat(Instants.parse("2001-09-09T01:46:40Z")).isEqualTo(Instant.ofEpochSecond(1_000_000_000));
        assertThat(Instants.parse("2024-02-29T23:59:59Z")).isEqualTo(Instant.ofEpochSecond(1_709_251_199));
    }

    @Test
    void readsFractionsOfUpToNineDigits() {
        assertThat(Instants.parse("1970-01-01T00:00:00.5Z")).isEqualTo(Instant.ofEpochSecond(0, 500_000_000));
        assertThat(Instants.parse("1970-01-01T00:00:00.000001Z")).isEqualTo(Instant.ofEpochSecond(0, 1_000));
        assertThat(Instants.parse("1970-01-01T00:00:00.123456789Z")).isEqualTo(Instant.ofEpochSecond(0, 123_456_789));
    }

    @Test
    void readsOffsets() {
        assertThat(Instants.parse("1970-01-01T02:00:00+02:00")).isEqualTo(Instant.EPOCH);
        assertThat(Instants.parse("1969-12-31T19:00:00.000-05:00")).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2015-09-12",
                "2015-09-12T02:00:00",
                "2015-09-12 02:00:00Z",
                "2015-13-12T02:00:00Z",
                "2015-02-29T02:00:00Z",
                "2015-09-12T24:00:00Z",
                "2015-09-12T02:00:60Z",
                "2015-09-12T02:00:00.1234567890Z",
                "2015-09-12T02:00:00.12x4Z",
                "2015-09-12T02:00:0\u0661Z",
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Instants.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Property
    void readsWhatInstantsWrite(
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long seconds,
            @ForAll @LongRange(min = 0, max = 999_999_999) long nanos) {
        Instant instant = Instant.ofEpochSecond(seconds, nanos);

        assertThat(Instants.parse(instant.toString())).isEqualTo(instant);
    }

    @Property
    void agreesWithThePlatformOnWhateverLooksLikeAnInstant(
            @ForAll @Chars({'0', '1', '2', '9', ':', '-', '.', 'T', 'Z'}) @StringLength(max = 9) String end) {
        String text = "2015-09-12T02:0" + end;

        assertThat(read(() -> Instants.parse(text)))
                .isEqualTo(read(() -> OffsetDateTime.parse(text).toInstant()));
    }

    private static String read(java.util.function.Supplier<Instant> reading) {
        try {
            return reading.get().toString();
        } catch (DateTimeException _) {
            return "none";
        }
    }
}
