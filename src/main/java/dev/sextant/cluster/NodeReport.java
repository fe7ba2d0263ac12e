package dev.sextant.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A node, as operators see it.
 *
 * @param status {@code up}, {@code draining}, or {@code gone} where it is not seen any more
 * @param leases how many it holds
 */
record NodeReport(
        String name,
        String status,
        List<String> roles,
        String version,
        String address,
        Instant startedAt,
        Reached reached,
        int leases) {

    /**
     * Two ways to a node; where they differ, the network is parted.
     *
     * @param database when it last wrote there that it is up
     * @param bus whether the node that was asked reaches it
     */
    record Reached(Instant database, boolean bus) {}

    NodeReport {
        roles = List.copyOf(roles);
    }

    static NodeReport of(KnownNode node, Set<String> reached, int leases) {
        return new NodeReport(
                node.name(),
                node.isSeen() ? node.isDraining() ? "draining" : "up" : "gone",
                node.roles().stream().map(NodeStore::text).sorted().toList(),
                node.version(),
                node.address(),
                node.startedAt(),
                new Reached(node.seenAt(), reached.contains(node.name())),
                leases);
    }
}
