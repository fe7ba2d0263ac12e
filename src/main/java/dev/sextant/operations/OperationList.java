package dev.sextant.operations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of operations. */
record OperationList(List<OperationReport> data, @Nullable String nextCursor, boolean hasMore) {
    OperationList {
        data = List.copyOf(data);
    }
}
