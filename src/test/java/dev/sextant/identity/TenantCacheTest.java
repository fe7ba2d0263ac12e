package dev.sextant.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class TenantCacheTest {

    private static final TenantId ACME = new TenantId("ten_acme");
    private static final TenantId BOLT = new TenantId("ten_bolt");

    private final TenantGates gates = new TenantGates(() -> true, Future::succeededFuture);
    private final TenantCache<String, String> cache = new TenantCache<>(gates, 100);

    @Test
    void remembersUntilTheTenantChanges() {
        cache.keep("a", "of acme", ACME, gates.epoch());
        cache.keep("b", "of bolt", BOLT, gates.epoch());

        gates.changed(ACME);

        assertThat(cache.find("a")).isNull();
        assertThat(cache.find("b")).isEqualTo("of bolt");
    }

    @Test
    void remembersAgainAfterAChange() {
        cache.keep("a", "before", ACME, gates.epoch());
        gates.changed(ACME);

        cache.keep("a", "after", ACME, gates.epoch());

        assertThat(cache.find("a")).isEqualTo("after");
    }

    /** What was read may be older than the change that was heard meanwhile. */
    @Test
    void doesNotRememberWhatWasReadAcrossAChange() {
        long epoch = gates.epoch();
        gates.changed(ACME);

        cache.keep("a", "stale", ACME, epoch);

        assertThat(cache.find("a")).isNull();
    }

    /** Whose change it is cannot be known before the reading has ended. */
    @Test
    void doesNotRememberWhatWasReadAcrossAnothersChangeEither() {
        long epoch = gates.epoch();
        gates.changed(BOLT);

        cache.keep("a", "maybe stale", ACME, epoch);

        assertThat(cache.find("a")).isNull();
    }

    @Test
    void forgetsEverythingAtOnce() {
        cache.keep("a", "of acme", ACME, gates.epoch());
        cache.keep("b", "of bolt", BOLT, gates.epoch());
        long epoch = gates.epoch();

        gates.allChanged();
        cache.keep("c", "read before", BOLT, epoch);

        assertThat(cache.find("a")).isNull();
        assertThat(cache.find("b")).isNull();
        assertThat(cache.find("c")).isNull();
    }
}
