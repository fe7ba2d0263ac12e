package dev.sextant.http;

import java.util.List;

/**
 * All that stands between a caller and the operations.
 *
 * @param guards the first of them is passed first
 * @param audit gets a record of each call
 * @param origins which pages of other sites may read answers
 * @param messages what is signed and encrypted
 */
public record Entrance(
        Authenticator authenticator,
        List<Guard> guards,
        AuditTrail audit,
        OriginRules origins,
        MessageSecurity messages) {

    /** One where no page of another site may read, and no message is signed or encrypted. */
    public Entrance(Authenticator authenticator, List<Guard> guards, AuditTrail audit) {
        this(authenticator, guards, audit, OriginRules.NONE, MessageSecurity.NONE);
    }

    public Entrance {
        guards = List.copyOf(guards);
    }
}
