package dev.sextant.edge;

import dev.sextant.http.AuditEntry;
import dev.sextant.http.AuditTrail;

/** Keeps nothing; for tests in which nothing is answered. */
record ClosedTrail() implements AuditTrail {

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public void keep(AuditEntry entry) {
        throw new IllegalStateException("Nothing is to be kept here");
    }
}
