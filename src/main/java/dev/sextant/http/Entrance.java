package dev.sextant.http;

import java.util.List;

/**
 * All that stands between a caller and the operations.
 *
 * @param guards the first of them is passed first
 * @param audit gets a record of each call
 */
public record Entrance(Authenticator authenticator, List<Guard> guards, AuditTrail audit) {

    public Entrance {
        guards = List.copyOf(guards);
    }
}
