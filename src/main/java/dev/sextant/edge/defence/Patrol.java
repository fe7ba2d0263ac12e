package dev.sextant.edge.defence;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Looks at all doors of one event loop once a second, so that no connection needs a timer of its own. On that loop. */
final class Patrol {

    private static final long EVERY_MILLIS = 1_000;

    private final Doors doors;
    private final Set<Door> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private Patrol(Doors doors) {
        this.doors = doors;
    }

    /** Goes on until the loop ends. */
    static Patrol begin(EventLoop loop, Doors doors) {
        Patrol patrol = new Patrol(doors);
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

    private void look() {
        long nowNanos = System.nanoTime();
        List<Door> slow = new ArrayList<>();
        for (Door door : open) {
            if (door.isTooSlow(nowNanos)) {
                slow.add(door);
            }
        }
        slow.forEach(door -> {
            doors.evicted();
            door.evict();
        });
    }
}
