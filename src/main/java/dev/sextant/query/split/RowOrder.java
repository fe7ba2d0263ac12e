package dev.sextant.query.split;

import dev.sextant.query.compile.SortKey;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts rows as the engine would. Pure. */
record RowOrder(List<SortKey> keys) implements Comparator<List<@Nullable Object>> {

    @Override
    public int compare(List<@Nullable Object> one, List<@Nullable Object> other) {
        for (SortKey key : keys) {
            int compared = compare(key, one.get(key.column()), other.get(key.column()));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private static int compare(SortKey key, @Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            int nullsLast = Boolean.compare(one == null, other == null);
            return key.nullsFirst() ? -nullsLast : nullsLast;
        }
        int compared = Values.compare(one, other);
        return key.descending() ? -compared : compared;
    }
}
