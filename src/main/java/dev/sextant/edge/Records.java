package dev.sextant.edge;

import dev.sextant.http.AuditTrail;

/** Where the calls of one event loop leave their records, and its sockets, which leave more of them. */
record Records(AuditTrail audit, OpenSockets sockets) {}
