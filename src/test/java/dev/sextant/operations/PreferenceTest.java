package dev.sextant.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PreferenceTest {

    private static Preference preference(boolean respondAsync, long seconds) {
        return new Preference(respondAsync, OptionalLong.of(seconds));
    }

    @Test
    void readsWhatThereIsToPrefer() {
        assertThat(Preference.of("respond-async")).isEqualTo(new Preference(true, OptionalLong.empty()));
        assertThat(Preference.of("wait=10")).isEqualTo(preference(false, 10));
        assertThat(Preference.of("respond-async, wait=0")).isEqualTo(preference(true, 0));
        assertThat(Preference.of("Respond-Async;foo=bar , WAIT = \"7\"; x")).isEqualTo(preference(true, 7));
    }

    @Test
    void theFirstOfTwoCounts() {
        assertThat(Preference.of("wait=3, wait=5")).isEqualTo(preference(false, 3));
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        assertThat(Preference.of("return=minimal, handling=lenient, priority")).isEqualTo(Preference.NONE);
        assertThat(Preference.of("wait=soon")).isEqualTo(Preference.NONE);
        assertThat(Preference.of(",;=\"")).isEqualTo(Preference.NONE);
    }

    @Test
    void saysWhatItHonoured() {
        assertThat(preference(true, 5).applied()).isEqualTo("respond-async, wait=5");
        assertThat(Preference.of("wait=5").applied()).isEqualTo("wait=5");
    }
}
