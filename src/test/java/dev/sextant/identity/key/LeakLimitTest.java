package dev.sextant.identity.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakLimitTest {

    private Instant now = Instant.parse("2026-11-23T15:00:00Z");
    private final LeakLimit limit = new LeakLimit(2, () -> now);

    @Test
    void countsANetworkAndNotAnAddress() {
        limit.count(address("2001:db8::1"));
        limit.count(address("2001:db8::2"));

        assertThatThrownBy(() -> limit.count(address("2001:db8:0:0:ffff::3")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem()).isInstanceOf(Problem.QuotaExceeded.class));
        assertThatCode(() -> limit.count(address("2001:db8:0:1::1"))).doesNotThrowAnyException();
        assertThatCode(() -> limit.count(address("192.0.2.1"))).doesNotThrowAnyException();
        assertThatCode(() -> limit.count(address("192.0.2.2"))).doesNotThrowAnyException();
    }

    @Test
    void forgetsAfterAMinute() {
        limit.count(address("192.0.2.1"));
        limit.count(address("192.0.2.1"));

        now = now.plusSeconds(60);

        assertThatCode(() -> limit.count(address("192.0.2.1"))).doesNotThrowAnyException();
    }

    @Test
    void looksAtFourAtOnce() {
        List<Promise<Void>> begun = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            limit.bounded(() -> begin(begun));
        }

        Future<Void> fifth = limit.bounded(() -> begin(begun));
        begun.getFirst().complete();
        Future<Void> sixth = limit.bounded(() -> begin(begun));

        assertThat(fifth.cause()).isInstanceOf(ProblemException.class);
        assertThat(begun).hasSize(5);
        assertThat(sixth.isComplete()).isFalse();
    }

    private static Future<Void> begin(List<Promise<Void>> begun) {
        Promise<Void> work = Promise.promise();
        begun.add(work);
        return work.future();
    }

    private static ClientAddress address(String text) {
        return ClientAddress.parse(text).orElseThrow();
    }
}
