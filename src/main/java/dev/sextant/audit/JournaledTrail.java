package dev.sextant.audit;

import dev.sextant.audit.journal.Journal;
import dev.sextant.http.AuditEntry;
import dev.sextant.http.AuditTrail;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.time.InstantSource;

/** Keeps entries in the node's journal: a copy of some 200 bytes, about a microsecond, and nothing that waits. */
final class JournaledTrail implements AuditTrail {

    private final Journal journal;
    private final Counts counts;
    private final InstantSource clock;

    JournaledTrail(Journal journal, Counts counts, InstantSource clock) {
        this.journal = journal;
        this.counts = counts;
        this.clock = clock;
    }

    @Override
    public boolean isOpen() {
        return journal.isOpen();
    }

    @Override
    public void keep(AuditEntry entry) {
        boolean isNobodys = entry.principal().equals(Principal.NOBODY);
        if (!isNobodys) {
            append(EntryCodec.write(entry, clock.millis()));
        } else if (entry.kind() == AuditEntry.Kind.CALL) {
            counts.add(entry, clock.millis());
        }
    }

    /** Moves what was counted in minutes that are over, or in all minutes, into the journal. */
    void flushCounts(boolean isLast) {
        long minute = isLast ? Long.MAX_VALUE : clock.millis() / 60_000;
        counts.takeBefore(minute).forEach((counted, requests) -> append(EntryCodec.write(counted, requests)));
    }

    private void append(FrameWriter frame) {
        if (!journal.append(frame.bytes(), frame.length())) {
            throw new ProblemException(new Problem.AuditUnavailable(
                    "What was done cannot be put on record, so it is not answered; try again shortly."));
        }
    }
}
