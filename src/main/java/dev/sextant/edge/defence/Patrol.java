package dev.sextant.edge.defence;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks at all doors of one event loop once a second, so that no connection needs a timer of its own. Those that are too slow
 * are closed a few at a time: thousands at once would keep everybody else waiting. On that loop.
 */
final class Patrol {

    private static final long EVERY_MILLIS = 1_000;

    /** So many in so long: 500 a second. */
    private static final int EVICTED_AT_ONCE = 5;

    private static final long EVICT_EVERY_MILLIS = 10;

    private final EventLoop loop;
    private final Doors doors;
    private final Set<Door> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Queue<Door> slow = new ArrayDeque<>();

    private Patrol(EventLoop loop, Doors doors) {
        this.loop = loop;
        this.doors = doors;
    }

    /** Goes on until the loop ends. */
    static Patrol begin(EventLoop loop, Doors doors) {
        Patrol patrol = new Patrol(loop, doors);
        long everyMillis = Math.min(EVERY_MILLIS, doors.config().headPatience().toMillis());
        loop.scheduleWithFixedDelay(patrol::look, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
        return patrol;
    }

    void add(Door door) {
        open.add(door);
    }

    void remove(Door door) {
        open.remove(door);
    }

    /** Those found before are evicted first. */
    private void look() {
        if (!slow.isEmpty()) {
            return;
        }
        long nowNanos = System.nanoTime();
        for (Door door : open) {
            if (door.isTooSlow(nowNanos)) {
                slow.add(door);
            }
        }
        evictSome();
    }

    private void evictSome() {
        for (int i = 0; i < EVICTED_AT_ONCE && !slow.isEmpty(); i++) {
            doors.evicted();
            slow.remove().evict();
        }
        if (!slow.isEmpty()) {
            loop.schedule(this::evictSome, EVICT_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
