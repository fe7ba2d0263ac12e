package dev.sextant.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Json;
import dev.sextant.limits.LimitsReport.Impact;
import dev.sextant.limits.Replay.Calls;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final long NOON = 1_767_268_800_000L;
    private static final String ANYBODY = "key_a";

    @Test
    void refusesWhatIsBeyondAnyStretchOfTheWindowsLength() {
        Replay replay = replay("{\"requests\": {\"per_minute\": 5}}");

        replay.add(new Calls(NOON, ANYBODY, 3, 0));
        replay.add(new Calls(NOON + 30_000, ANYBODY, 4, 0));
        replay.add(new Calls(NOON + 50_000, ANYBODY, 2, 0));
        replay.add(new Calls(NOON + 62_000, ANYBODY, 4, 0));

        assertThat(replay.impact()).isEqualTo(new Impact(0, 2 + 2 + 1));
    }

    @Test
    void letsQueriesInWhileAnyUnitIsLeftAndOthersAlways() {
        Replay replay = replay("{\"cost_units\": {\"per_minute\": 100}}");

        replay.add(new Calls(NOON, ANYBODY, 1, 60));
        replay.add(new Calls(NOON + 1_000, ANYBODY, 1, 60));
        replay.add(new Calls(NOON + 2_000, ANYBODY, 3, 180));
        replay.add(new Calls(NOON + 2_000, ANYBODY, 7, 0));

        assertThat(replay.impact()).isEqualTo(new Impact(0, 3));
    }

    @Test
    void countsAKeysCallsForItAndForItsTenant() {
        Replay replay = replay("""
                {"requests": {"per_minute": 10},
                 "overrides": [{"api_key": "key_b", "requests": {"per_minute": 4}}]}""");

        replay.add(new Calls(NOON, "key_b", 6, 0));
        replay.add(new Calls(NOON, ANYBODY, 8, 0));

        assertThat(replay.impact()).isEqualTo(new Impact(0, 2 + 2));
    }

    @Test
    void letsWaitWhomItWouldElseRefuse() {
        Replay replay = replay("{\"requests\": {\"per_minute\": 1}, \"mode\": \"throttle\"}");

        replay.add(new Calls(NOON, ANYBODY, 3, 0));

        assertThat(replay.impact()).isEqualTo(new Impact(2, 0));
    }

    @Test
    void refusesNothingWithoutLimits() {
        Replay replay = replay("{\"concurrency\": {\"queries\": 1}}");

        replay.add(new Calls(NOON, ANYBODY, 1_000_000, 9_000_000));

        assertThat(replay.impact()).isEqualTo(new Impact(0, 0));
    }

    private static Replay replay(String limits) {
        return new Replay(Json.read(limits.getBytes(StandardCharsets.UTF_8), Limits.class), NOON - 86_400_000);
    }
}
