package dev.sextant.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LinuxSchedulerTest {

    private static final int CALLING_THREAD = 0;

    private final LinuxScheduler scheduler = LinuxScheduler.open();

    @Test
    void threadKeepsToTheCoresItIsGiven() {
        CompletableFuture<BitSet> kept = new CompletableFuture<>();
        BitSet first = new BitSet();
        first.set(scheduler.cores(CALLING_THREAD).nextSetBit(0));

        Thread.ofPlatform().daemon().start(() -> {
            scheduler.cores(CALLING_THREAD, first);
            kept.complete(scheduler.cores(CALLING_THREAD));
        });

        assertThat(kept.join()).isEqualTo(first);
    }

    @Test
    void refusesNoCoresAndUnknownThreads() {
        assertThat(scheduler.cores(CALLING_THREAD, new BitSet())).isFalse();
        assertThat(scheduler.cores(Integer.MAX_VALUE).isEmpty()).isTrue();
        assertThat(scheduler.niceness(Integer.MAX_VALUE, LinuxScheduler.NICEST)).isFalse();
    }
}
