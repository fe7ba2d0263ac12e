package dev.sextant.audit.journal;

import java.util.ArrayList;
import java.util.List;

/** Reads a journal in order, and may come back to what it has read until it is told to let go of it. One thread at a time. */
public final class JournalReader {

    private final Journal journal;
    /** Where the first frame lies that was not let go of. */
    private int offset = Segment.start();

    private long sequence = -1;

    JournalReader(Journal journal) {
        this.journal = journal;
    }

    /**
     * The next frames, the same ones until {@link #letGo}.
     *
     * @param from frames below this number were taken already, and are let go of
     */
    public List<Frame> read(long from, int framesMax) {
        List<Frame> frames = new ArrayList<>();
        boolean isFirst = true;
        for (Segment segment : journal.segments()) {
            int at = isFirst ? offset : Segment.start();
            long number = isFirst && sequence >= 0 ? sequence : segment.firstSequence();
            isFirst = false;
            int end = segment.end();
            while (at < end && frames.size() < framesMax) {
                byte[] bytes = segment.frame(at);
                if (number >= from) {
                    frames.add(new Frame(number, bytes));
                }
                at = Segment.after(at, bytes);
                number++;
            }
        }
        return frames;
    }

    /** Lets go of all frames below {@code next}: their segments are deleted where nothing else is in them. */
    public void letGo(long next) {
        List<Segment> segments = journal.segments();
        Segment first = segments.getFirst();
        long number = sequence >= 0 ? sequence : first.firstSequence();
        int at = offset;
        while (at < first.end() && number < next) {
            at = Segment.after(at, first.frame(at));
            number++;
        }
        offset = at;
        sequence = number;
        if (segments.size() > 1 && at >= first.end()) {
            offset = Segment.start();
            sequence = -1;
            journal.forget(first);
            letGo(next);
        }
    }
}
