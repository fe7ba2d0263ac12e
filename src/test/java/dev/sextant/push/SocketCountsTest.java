package dev.sextant.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.TenantId;
import org.junit.jupiter.api.Test;

class SocketCountsTest {

    private final SocketCounts counts = new SocketCounts(new PushConfig.Sockets(2, 1, 1), _ -> Integer.MAX_VALUE);

    @Test
    void countsThoseOfTheNode() {
        assertThat(counts.open()).isTrue();
        assertThat(counts.open()).isTrue();
        assertThat(counts.open()).isFalse();
        counts.close();
        counts.close();

        assertThat(counts.all()).isEqualTo(1);
        assertThat(counts.open()).isTrue();
    }

    @Test
    void countsThoseOfEachTenant() {
        TenantId acme = new TenantId("ten_acme");
        assertThat(counts.open(acme)).isTrue();
        assertThat(counts.open(acme)).isFalse();
        assertThat(counts.open(new TenantId("ten_other"))).isTrue();
        counts.close(acme);
        counts.close(acme);

        assertThat(counts.open(acme)).isTrue();
    }
}
