package dev.sextant.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row put in the place of whatever has its key, or taken away.
 *
 * @param keyJson the key as an array
 * @param rowJson the row as an array; null where it is taken away
 */
public record Change(
        List<@Nullable Object> key,
        String keyJson,
        @Nullable String rowJson) {}
