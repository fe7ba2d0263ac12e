package dev.sextant.audit.log;

import dev.sextant.kernel.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param nextCursor null on the last page */
record AuditEventList(List<AuditEvent> data, @Nullable String nextCursor, boolean hasMore) {

    AuditEventList {
        data = List.copyOf(data);
    }

    /** @param found up to one more than {@code limit}, which says whether there is more */
    static AuditEventList of(List<StoredRecord> found, int limit) {
        boolean hasMore = found.size() > limit;
        List<StoredRecord> page = hasMore ? found.subList(0, limit) : found;
        String next = hasMore ? new Cursor(Long.toString(page.getLast().leafIndex())).text() : null;
        return new AuditEventList(page.stream().map(AuditEvent::of).toList(), next, hasMore);
    }
}
