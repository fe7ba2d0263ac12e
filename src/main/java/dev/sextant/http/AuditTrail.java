package dev.sextant.http;

import dev.sextant.kernel.ProblemException;

/** Keeps what came of each call. Called on event loops; it must not block. */
public interface AuditTrail {

    /** Whether records can be kept; where not, no operation is to be begun. */
    boolean isOpen();

    /**
     * Keeps a record: once this returns, it outlives the process. To be called before the last byte of the answer leaves.
     *
     * <p>Calls of nobody, refused ones among them, are counted by address, operation, outcome and minute instead.
     *
     * @throws ProblemException {@code AuditUnavailable} where it cannot be kept
     */
    void keep(AuditEntry entry);
}
