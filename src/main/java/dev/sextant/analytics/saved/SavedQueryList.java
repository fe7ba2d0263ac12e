package dev.sextant.analytics.saved;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of saved queries. */
record SavedQueryList(List<SavedQuery> data, @Nullable String nextCursor, boolean hasMore) {
    SavedQueryList {
        data = List.copyOf(data);
    }
}
