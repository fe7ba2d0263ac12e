package dev.sextant.identity.key;

import java.time.Instant;

/**
 * A key with another text. It prints without it.
 *
 * @param key the whole text, told this once
 * @param previousEndsAt until when the text before is good
 */
record RotatedKey(String id, String key, String prefix, Instant previousEndsAt) {

    @Override
    public String toString() {
        return "RotatedKey[id=%s, key=***, prefix=%s]".formatted(id, prefix);
    }
}
