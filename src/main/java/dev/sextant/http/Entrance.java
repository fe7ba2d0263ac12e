package dev.sextant.http;

import java.util.List;

/**
 * All that stands between a caller and the operations.
 *
 * @param guards the first of them is passed first
 * @param origins which pages of other sites may read answers
 * @param messages what is signed and encrypted
 */
public record Entrance(Authenticator authenticator, List<Guard> guards, OriginRules origins, MessageSecurity messages) {

    /** One where no page of another site may read, and no message is signed or encrypted. */
    public Entrance(Authenticator authenticator, List<Guard> guards) {
        this(authenticator, guards, OriginRules.NONE, MessageSecurity.NONE);
    }

    public Entrance {
        guards = List.copyOf(guards);
    }
}
