package dev.sextant.cluster;

import dev.sextant.store.NodeLeases.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cluster, as operators see it.
 *
 * @param answeredBy the node that was asked
 */
record ClusterReport(String answeredBy, List<NodeReport> nodes, List<Lease> leases) {

    /**
     * What one node at a time does for all.
     *
     * @param node null where nobody has it
     * @param epoch how many have had it
     */
    record Lease(String name, @Nullable String node, long epoch, Instant expiresAt) {}

    ClusterReport {
        nodes = List.copyOf(nodes);
        leases = List.copyOf(leases);
    }

    static ClusterReport of(Self asked, List<KnownNode> known, List<Standing> standing) {
        Map<String, String> lifeToName = known.stream().collect(Collectors.toMap(KnownNode::life, KnownNode::name));
        List<Lease> leases = standing.stream()
                .map(one -> new Lease(
                        one.fence().lease(),
                        one.isHeld() ? lifeToName.get(one.fence().owner()) : null,
                        one.fence().epoch(),
                        one.expiresAt()))
                .toList();
        Map<String, Long> nameToCount = leases.stream()
                .filter(lease -> lease.node() != null)
                .collect(Collectors.groupingBy(lease -> String.valueOf(lease.node()), Collectors.counting()));
        Set<String> reached = asked.reached().get();
        Function<KnownNode, NodeReport> report = node -> NodeReport.of(
                node, reached, nameToCount.getOrDefault(node.name(), 0L).intValue());
        return new ClusterReport(asked.name(), known.stream().map(report).toList(), leases);
    }
}
