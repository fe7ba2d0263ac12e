package dev.sextant.push;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.push.PushConfig.Flow;
import dev.sextant.push.PushConfig.Sockets;
import org.junit.jupiter.api.Test;

class PushConfigTest {

    @Test
    void aTenantCannotHaveMoreSocketsThanThereAre() {
        assertThatThrownBy(() -> new Sockets(10, 11, 1))
                .hasMessage("push.sockets.per_tenant_max must be 1 to sockets.all_max");
    }

    @Test
    void nobodyIsToldFasterThanTheFastest() {
        assertThatThrownBy(() -> new Flow(1, 1, 21, 20, 1))
                .hasMessage("push.flow.hz must be 1 to flow.hz_max, and that 100 at most");
    }
}
