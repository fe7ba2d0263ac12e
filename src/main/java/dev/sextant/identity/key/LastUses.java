package dev.sextant.identity.key;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When keys were used, to be written down in batches: once a minute for each key at most, from each node. What is not
 * written yet is lost with the node. Any thread.
 */
public final class LastUses {

    private static final long PAUSE_MILLIS = Duration.ofMinutes(1).toMillis();

    /** What comes above it before the next batch is not noted. */
    private static final int PENDING_MAX = 100_000;

    private final Map<String, Long> keyIdToMillis = new ConcurrentHashMap<>();

    /** Notes the uses of one key. What it costs most times is to compare two numbers. */
    public static final class Note {

        private final LastUses uses;
        private final String keyId;
        private volatile long notedMillis;

        private Note(LastUses uses, String keyId) {
            this.uses = uses;
            this.keyId = keyId;
        }

        /** The key is used now. */
        public void used(long nowMillis) {
            if (nowMillis - notedMillis >= PAUSE_MILLIS) {
                notedMillis = nowMillis;
                uses.add(keyId, nowMillis);
            }
        }
    }

    public Note of(String keyId) {
        return new Note(this, keyId);
    }

    private void add(String keyId, long nowMillis) {
        if (keyIdToMillis.size() < PENDING_MAX) {
            keyIdToMillis.merge(keyId, nowMillis, Math::max);
        }
    }

    /** What was noted since the last time: the ids of keys, and when, in ms since 1970. */
    public Map<String, Long> take() {
        Map<String, Long> taken = new HashMap<>();
        for (String keyId : keyIdToMillis.keySet()) {
            Long millis = keyIdToMillis.remove(keyId);
            if (millis != null) {
                taken.put(keyId, millis);
            }
        }
        return taken;
    }
}
