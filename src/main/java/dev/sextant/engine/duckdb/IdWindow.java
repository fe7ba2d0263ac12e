package dev.sextant.engine.duckdb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The ids that a dataset took within the dedupe window, in segments by the order they came. It holds no ids, only a
 * filter for each segment: where one says "perhaps", the rows of the segment's time span are to be asked.
 *
 * <p>Chosen over a primary key: DuckDB keeps its index in memory whole, some 80 bytes an id, and each insert got slower
 * with its size (500 random ids: 9 ms at half a million, 35 ms at two million; deleting two million took 20 s).
 *
 * <p>For one thread at a time.
 */
final class IdWindow {

    /** When the ids were received: microseconds since 1970, both inclusive. */
    record Span(long fromMicros, long toMicros) {}

    private static final class Segment {
        private final @Nullable IdFilter filter;
        private int ids;
        private long fromMicros = Long.MAX_VALUE;
        private long toMicros = Long.MIN_VALUE;

        Segment(@Nullable IdFilter filter) {
            this.filter = filter;
        }

        void add(long hash, long receivedMicros) {
            if (filter != null) {
                filter.add(hash);
            }
            ids++;
            fromMicros = Math.min(fromMicros, receivedMicros);
            toMicros = Math.max(toMicros, receivedMicros);
        }

        boolean mayHold(long hash) {
            return filter == null || filter.mayHold(hash);
        }
    }

    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Semaphore filters;

    /** @param filters how many more filters there may be, here and elsewhere; without one, a segment says "perhaps" */
    IdWindow(Semaphore filters) {
        this.filters = filters;
    }

    void add(long hash, long receivedMicros) {
        Segment last = segments.peekLast();
        if (last == null || last.ids == IdFilter.IDS_MAX) {
            last = new Segment(filters.tryAcquire() ? new IdFilter() : null);
            segments.addLast(last);
        }
        last.add(hash, receivedMicros);
    }

    /** Where the id may stand; empty where it certainly does not. */
    List<Span> spansThatMayHold(long hash) {
        List<Span> spans = List.of();
        for (Segment segment : segments) {
            if (segment.mayHold(hash)) {
                spans = spans.isEmpty() ? new ArrayList<>() : spans; // most ids are new: no list for them
                spans.add(new Span(segment.fromMicros, segment.toMicros));
            }
        }
        return spans;
    }

    /** Forgets the segments whose ids were all received before {@code cutoffMicros}. */
    void expire(long cutoffMicros) {
        for (Segment oldest = segments.peekFirst();
                oldest != null && oldest.toMicros < cutoffMicros;
                oldest = segments.peekFirst()) {
            segments.removeFirst();
            release(oldest);
        }
    }

    /** Gives the filters back. */
    void close() {
        segments.forEach(this::release);
        segments.clear();
    }

    private void release(Segment segment) {
        if (segment.filter != null) {
            filters.release();
        }
    }
}
