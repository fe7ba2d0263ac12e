package dev.sextant.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Breaker breaker = new Breaker(nanos::get);

    @Test
    void letsAllPassAtFirst() {
        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void letsNobodyPassForASecondAfterAFailure() {
        breaker.failed();
        assertThat(breaker.isClosed()).isFalse();

        nanos.addAndGet(999_999_999);
        assertThat(breaker.isClosed()).isFalse();

        nanos.addAndGet(1);
        assertThat(breaker.isClosed()).isTrue();
    }
}
