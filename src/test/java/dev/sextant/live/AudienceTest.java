package dev.sextant.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AudienceTest {

    private final Audience audience = new Audience();

    @Test
    void tellsEachPlaceOnce() {
        audience.take(new Seat("here", 1), 5);
        audience.take(new Seat("here", 2), 5);
        audience.take(new Seat("there", 1), 5);

        assertThat(audience.places()).containsExactlyInAnyOrder("here", "there");

        audience.leave(new Seat("here", 1));
        audience.leave(new Seat("here", 1));
        assertThat(audience.places()).containsExactlyInAnyOrder("here", "there");
        audience.leave(new Seat("here", 2));
        audience.leave("there");
        assertThat(audience.isEmpty()).isTrue();
    }

    @Test
    void goesAtThePaceOfTheFastest() {
        assertThat(audience.fastestHz(1)).isEqualTo(1);
        audience.take(new Seat("here", 1), 5);
        audience.take(new Seat("here", 2), 20);
        audience.take(new Seat("here", 2), 10);
        assertThat(audience.fastestHz(1)).isEqualTo(10);

        audience.leave("here");

        assertThat(audience.fastestHz(1)).isEqualTo(1);
    }
}
