package dev.sextant.edge.defence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class BansTest {

    private static final AddressBlock HERE = new AddressBlock(true, 1);
    private static final AddressBlock THERE = new AddressBlock(true, 2);
    private static final BanConfig CONFIG = new BanConfig(
            10, 5, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(4), Duration.ofMinutes(10), 1_000);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final Bans bans = new Bans(CONFIG, clock);

    @Test
    void bansAfterMoreFailuresThanAreForgiven() {
        fail(10);
        assertThat(bans.refusal(HERE, "x")).isNull();

        fail(1);

        assertThat(seconds()).isEqualTo(61);
        assertThat(bans.refusal(THERE, "x")).isNull();
    }

    @Test
    void forgetsHalfOfTheFailuresEachMinute() {
        fail(10);
        now = now.plusSeconds(60);

        fail(5);
        assertThat(bans.refusal(HERE, "x")).isNull();

        fail(1);
        assertThat(bans.refusal(HERE, "x")).isNotNull();
    }

    @Test
    void bansTwiceAsLongEachTimeUpToTheLongest() {
        assertThat(banned()).isEqualTo(61);
        assertThat(banned()).isEqualTo(121);
        assertThat(banned()).isEqualTo(241);
        assertThat(banned()).isEqualTo(241);
    }

    @Test
    void forgetsABanForEachLongestBanWithoutOne() {
        banned();
        banned();

        now = now.plus(Duration.ofMinutes(8));

        assertThat(banned()).isEqualTo(61);
    }

    @Test
    void forgivesTheSameAgainTenTimesMore() {
        for (int i = 0; i < 90; i++) {
            bans.failed(HERE, "the same");
        }
        assertThat(bans.refusal(HERE, "x")).isNull();

        fail(2);

        assertThat(bans.refusal(HERE, "x")).isNotNull();
    }

    @Test
    void knowsForAWhileWhatWorkedFromWhere() {
        bans.worked(HERE, "good");
        fail(11);

        assertThat(bans.refusal(HERE, "good")).isNull();
        assertThat(bans.refusal(HERE, "other")).isNotNull();
        assertThat(bans.refusal(HERE, "")).isNotNull();

        now = now.plus(Duration.ofMinutes(9));
        fail(11);
        assertThat(bans.refusal(HERE, "good")).isNull();

        now = now.plus(Duration.ofMinutes(21));
        fail(11);
        assertThat(bans.refusal(HERE, "good")).isNotNull();
    }

    @Test
    void whatWorkedElsewhereIsNotKnownHere() {
        bans.worked(THERE, "good");
        fail(11);

        assertThat(bans.refusal(HERE, "good")).isNotNull();
    }

    @Test
    void bansACallerWhoAsksForOneThingAfterTheOther() {
        for (int i = 0; i < 5; i++) {
            bans.missed("key_1", "/a/" + i);
        }
        assertThat(bans.refusal("key_1")).isNull();

        bans.missed("key_1", "/a/b");

        assertThat(bans.refusal("key_1")).isInstanceOf(Problem.AbnormalUsage.class);
        assertThat(bans.refusal("key_2")).isNull();
    }

    /** The ban that eleven failures bring; and waits until it is over. */
    private int banned() {
        fail(11);
        int seconds = seconds();
        now = now.plusSeconds(seconds);
        return seconds;
    }

    private int tries;

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            bans.failed(HERE, "guess " + tries++);
        }
    }

    private int seconds() {
        return bans.refusal(HERE, "x") instanceof Problem.AbnormalUsage banned ? banned.retryAfterSeconds() : 0;
    }
}
