package dev.sextant.identity.key;

import dev.sextant.kernel.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param nextCursor null on the last page */
record KeyPage(List<ApiKey> data, @Nullable String nextCursor, boolean hasMore) {

    KeyPage {
        data = List.copyOf(data);
    }

    /** @param keys up to one more than {@code limit}, which says whether there is more */
    static KeyPage of(List<ApiKey> keys, int limit) {
        boolean hasMore = keys.size() > limit;
        List<ApiKey> page = hasMore ? keys.subList(0, limit) : keys;
        return new KeyPage(page, hasMore ? new Cursor(page.getLast().id()).text() : null, hasMore);
    }
}
