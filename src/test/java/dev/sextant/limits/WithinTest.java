package dev.sextant.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.limits.Limits.Requests;
import dev.sextant.limits.LimitsConfig.Plan;
import dev.sextant.limits.Policy.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WithinTest {

    private static final Limits FREE = Limits.of(new Plan(50, 200, 1_000, 50_000, 0, 8, 100));

    @Test
    void theTighterLimitIsInForce() {
        Limits inForce = Within.tighter(requests(10L, 5_000L, null), FREE);

        assertThat(inForce.ofRequests()).isEqualTo(new Requests(10L, 1_000L, 200L));
        assertThat(inForce.ofCostUnits().perMinute()).isEqualTo(50_000);
        assertThat(inForce.ofCostUnits().perDay()).isNull();
    }

    @Test
    void aBurstIsAWindowAsLongAsItTakes() {
        List<Policy> policies = Policies.ofTenant(requests(50L, null, 200L));

        assertThat(policies).containsExactly(new Policy("burst", Unit.REQUESTS, 200, 4_000));
        assertThat(policies.getFirst().header()).isEqualTo("\"burst\";q=200;w=4");
    }

    @Test
    void aWindowIsToldInWholeSeconds() {
        assertThat(Policies.ofTenant(requests(7L, null, 10L)).getFirst().header())
                .isEqualTo("\"burst\";q=10;w=2");
        assertThat(new Policy("queries", Unit.AT_ONCE, 8, 0).header())
                .isEqualTo("\"queries\";q=8;qu=\"concurrent-requests\"");
    }

    private static Limits requests(@Nullable Long perSecond, @Nullable Long perMinute, @Nullable Long burst) {
        return new Limits(new Requests(perSecond, perMinute, burst), null, null, null, null, null, null, null);
    }
}
