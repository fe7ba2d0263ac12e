package dev.sextant.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningScheduleTest {

    private static final Instant MADE = Instant.parse("2026-11-23T15:00:00Z");
    private static final KeptSigningKey OLD =
            new KeptSigningKey(SigningKeyStore.make(), MADE.minus(Duration.ofDays(30)));
    private static final KeptSigningKey NEW = new KeptSigningKey(SigningKeyStore.make(), MADE);
    private static final List<KeptSigningKey> BOTH = List.of(NEW, OLD);

    /** Announced for 10 minutes; tokens live for 15; keys are made every 30 days. */
    private final SigningSchedule schedule = new SigningSchedule(TokenConfig.DEFAULT);

    @Test
    void announcesANewKeyBeforeItSigns() {
        Instant justBefore = MADE.plus(Duration.ofMinutes(10)).minusMillis(1);

        assertThat(schedule.signing(BOTH, justBefore)).isEqualTo(OLD);
        assertThat(schedule.signing(BOTH, justBefore.plusMillis(1))).isEqualTo(NEW);
        assertThat(schedule.ordered(BOTH, justBefore)).containsExactly(OLD.key(), NEW.key());
    }

    @Test
    void theOnlyKeySignsAtOnce() {
        assertThat(schedule.signing(List.of(NEW), MADE)).isEqualTo(NEW);
    }

    @Test
    void keepsAnOldKeyUntilItsLastTokenIsOver() {
        Instant lastIsOver = MADE.plus(Duration.ofMinutes(10 + 15 + 1));

        assertThat(schedule.outlived(BOTH, lastIsOver)).isEmpty();
        assertThat(schedule.outlived(BOTH, lastIsOver.plusMillis(1))).containsExactly(OLD);
        assertThat(schedule.outlived(List.of(OLD), lastIsOver)).isEmpty();
    }

    @Test
    void makesTheNextOneInTime() {
        assertThat(schedule.isNextDue(BOTH, MADE.plus(Duration.ofDays(30)).minusMillis(1))).isFalse();
        assertThat(schedule.isNextDue(BOTH, MADE.plus(Duration.ofDays(30)))).isTrue();
    }
}
