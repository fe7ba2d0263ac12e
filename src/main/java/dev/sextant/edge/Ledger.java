package dev.sextant.edge;

import dev.sextant.http.AuditTrail;

/** Where the calls of one event loop are put on record, and the sockets that they have opened. */
record Ledger(AuditTrail audit, OpenSockets sockets) {}
