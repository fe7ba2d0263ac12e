package dev.sextant.http;

import java.util.List;

/**
 * All that stands between a caller and the operations.
 *
 * @param guards the first of them is passed first
 */
public record Entrance(Authenticator authenticator, List<Guard> guards) {

    public Entrance {
        guards = List.copyOf(guards);
    }
}
