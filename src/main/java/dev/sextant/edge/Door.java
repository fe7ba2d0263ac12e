package dev.sextant.edge;

import dev.sextant.http.AuditTrail;
import dev.sextant.http.Authenticator;

/** What every call of one event loop passes, whatever it is for. */
record Door(Authenticator authenticator, AuditTrail audit, OpenSockets sockets) {}
