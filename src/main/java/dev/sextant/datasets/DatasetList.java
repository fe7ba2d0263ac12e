package dev.sextant.datasets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of datasets. */
record DatasetList(List<DatasetReport> data, @Nullable String nextCursor, boolean hasMore) {
    DatasetList {
        data = List.copyOf(data);
    }
}
