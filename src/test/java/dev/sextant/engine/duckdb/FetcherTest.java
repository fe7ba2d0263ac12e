package dev.sextant.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetcherTest {

    private static final int NUMBER = 4711;
    private static final long BEAT = 500_000;

    private final List<String> moves = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Map<Thread, Long> threadToCpu = new ConcurrentHashMap<>();
    private final Fetcher fetcher = new Fetcher(
            new Fetcher.Cores() {
                @Override
                public int callingThread() {
                    return NUMBER;
                }

                @Override
                public void bring(int thread) {
                    moves.add("bring " + thread);
                }

                @Override
                public void release(int thread) {
                    moves.add("release " + thread);
                }
            },
            thread -> threadToCpu.getOrDefault(thread, 0L),
            nanos::get);
    private final Thread front = Thread.currentThread();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread back = new Thread(() -> fetcher.inBackground(this::awaitEnd));

    @BeforeEach
    void beginBackground() throws InterruptedException {
        back.start();
        begun.await();
    }

    @AfterEach
    void endBackground() throws InterruptedException {
        end.countDown();
        back.join();
    }

    private void awaitEnd() {
        begun.countDown();
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next beat: what each had of a core since the last one. */
    private void beat(long backHad, long frontHad) {
        nanos.addAndGet(BEAT);
        threadToCpu.merge(back, backHad, Long::sum);
        threadToCpu.merge(front, frontHad, Long::sum);
        fetcher.beat();
    }

    @Test
    void bringsWhoWaitsAndReleasesItInTheEnd() {
        fetcher.inFront(() -> {
            beat(BEAT, 0);
            beat(BEAT, 0);
            beat(BEAT, 0);
            assertThat(moves).containsExactly("bring " + NUMBER);
        });

        assertThat(moves).containsExactly("bring " + NUMBER, "release " + NUMBER);
    }

    @Test
    void leavesWhoRuns() {
        fetcher.inFront(() -> {
            beat(BEAT, 0);
            beat(BEAT, BEAT);
            beat(BEAT, BEAT * 9 / 10);
        });

        assertThat(moves).isEmpty();
    }

    @Test
    void leavesWhoHasJustBegun() {
        beat(BEAT, 0);
        fetcher.inFront(() -> beat(BEAT, 0));

        assertThat(moves).isEmpty();
    }

    @Test
    void bringsNobodyWhereTheBackgroundHasNoCore() {
        fetcher.inFront(() -> {
            beat(0, 0);
            beat(BEAT / 10, 0);
            beat(0, 0);
        });

        assertThat(moves).isEmpty();
    }

    @Test
    void leavesWhoWasReleasedUntilItWaitsAgain() {
        fetcher.inFront(() -> {
            beat(BEAT, 0);
            beat(BEAT, 0);
        });
        moves.clear();

        beat(BEAT, 0);
        fetcher.inFront(() -> {
            beat(BEAT, 0);
            beat(BEAT, BEAT);
        });
        assertThat(moves).isEmpty();

        fetcher.inFront(() -> {
            beat(BEAT, 0);
            beat(BEAT, 0);
        });
        assertThat(moves).containsExactly("bring " + NUMBER, "release " + NUMBER);
    }
}
