package dev.sextant.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.limits.Policy.Unit;
import dev.sextant.store.LeaseGrant;
import dev.sextant.store.LeaseRequest;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is told of a limit whose quota is changed. */
class LeaseTest {

    private static final long DAY_MILLIS = 86_400_000;

    private final Lease lease = new Lease(perDay(5_000_000), "node-1", 0);

    @Test
    void tellsMoreAtOnceWhereThereIsMore() {
        spend(3);

        lease.become(perDay(1_000_000_000), 1);

        assertThat(told()).isEqualTo("\"cost-day\";r=999999997");
    }

    @Test
    void tellsThatNothingIsLeftWhereMoreWasSpentThanThereIsNow() {
        spend(3);

        lease.become(perDay(2), 1);

        assertThat(told()).isEqualTo("\"cost-day\";r=0");
    }

    @Test
    void tellsTheSameAsBeforeWhereTheQuotaIsAsBefore() {
        spend(3);

        lease.become(perDay(2), 1);
        lease.become(perDay(5_000_000), 2);

        assertThat(told()).isEqualTo("\"cost-day\";r=4999997");
    }

    @Test
    void saysWhetherTheOthersAreToBeAsked() {
        assertThat(lease.become(perDay(5_000_000), 1)).isFalse();
        assertThat(lease.become(perDay(2), 1)).isTrue();
    }

    @Test
    void anAnswerOfTheOldQuotaIsReadForTheNewOneAndGivesNothing() {
        LeaseRequest asked = Objects.requireNonNull(lease.ask(true, 0));
        lease.become(perDay(1_000), 1);

        lease.granted(asked, new LeaseGrant(10, 4_999_987, 0, 1), 2);

        assertThat(told()).isEqualTo("\"cost-day\";r=997");
        assertThat(lease.take(3, 1)).isEqualTo(Lease.Answer.ASK);
    }

    /** Others have counted it. */
    private void spend(long units) {
        LeaseRequest asked = Objects.requireNonNull(lease.ask(false, 0));
        lease.granted(asked, new LeaseGrant(0, 5_000_000 - units, 0, 1), 0);
    }

    private String told() {
        StringBuilder told = new StringBuilder();
        lease.tell(told, 10);
        return told.toString();
    }

    private static Policy perDay(long units) {
        return new Policy("cost-day", Unit.COST_UNITS, units, DAY_MILLIS);
    }
}
