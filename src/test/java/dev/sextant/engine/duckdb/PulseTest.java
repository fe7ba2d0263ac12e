package dev.sextant.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.Thread.State;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class PulseTest {

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Integer> placed = ConcurrentHashMap.newKeySet();
    private final Set<Thread> atBeats = ConcurrentHashMap.newKeySet();

    private Pulse pulse() {
        BitSet cores = new BitSet();
        cores.set(1);
        cores.set(3);
        return new Pulse(
                cores,
                core -> {
                    threads.add(Thread.currentThread());
                    placed.add(core);
                },
                () -> atBeats.add(Thread.currentThread()));
    }

    @Test
    void beatsOnEachCoreOfTheBackground() {
        pulse();

        await().untilAsserted(() -> assertThat(placed).containsExactlyInAnyOrder(1, 3));
        assertThat(threads).hasSize(2);
    }

    @Test
    void beatsWhileAnythingIsBeingDone() {
        Pulse pulse = pulse();
        await().until(() -> areAll(State.WAITING));

        pulse.begin();
        pulse.begin();
        await().until(() -> areAll(State.TIMED_WAITING));
        pulse.end();
        await().until(() -> areAll(State.TIMED_WAITING));

        pulse.end();
        await().until(() -> areAll(State.WAITING));
        assertThat(threads).allMatch(Thread::isAlive);
    }

    @Test
    void hasOneThreadDoWhatIsDoneAtEachBeat() {
        Pulse pulse = pulse();

        pulse.begin();

        await().until(() -> !atBeats.isEmpty());
        pulse.end();
        await().until(() -> areAll(State.WAITING));
        assertThat(atBeats).hasSize(1);
    }

    private boolean areAll(State state) {
        return threads.size() == 2 && threads.stream().allMatch(thread -> thread.getState() == state);
    }
}
