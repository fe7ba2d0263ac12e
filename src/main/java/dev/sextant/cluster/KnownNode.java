package dev.sextant.cluster;

import dev.sextant.feature.Role;
import java.time.Instant;
import java.util.Set;

/**
 * A node, as it told of itself.
 *
 * @param isSeen whether it said so lately enough to be believed
 */
record KnownNode(
        String name,
        String life,
        Set<Role> roles,
        String version,
        String address,
        Instant startedAt,
        Instant seenAt,
        boolean isSeen,
        boolean isDraining) {

    boolean has(Role role) {
        return roles.contains(role);
    }

    /** Whether it can be given work of that kind. */
    boolean takes(Role role) {
        return isSeen && !isDraining && has(role);
    }
}
