package dev.sextant.perf;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How clusters are measured.
 *
 * @param nodes how many a cluster has, one cluster after the other
 * @param warmUpSeconds under the load of the freshness, before it counts: new processes compile for minutes
 * @param seconds for how long freshness is measured; latencies for a third of it, throughput for a sixth
 */
record ClusterParameters(Set<String> parts, List<Integer> nodes, int warmUpSeconds, int seconds) {

    static final Set<String> ALL = Set.of("freshness", "latency", "throughput");

    private static final ClusterParameters DEFAULT = new ClusterParameters(ALL, List.of(1, 2, 3), 150, 60);

    /** Flags with their values, after the name of the benchmark. */
    static ClusterParameters read(String[] arguments) {
        ClusterParameters read = DEFAULT;
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            read = read.with(arguments[i], arguments[i + 1]);
        }
        return read;
    }

    private ClusterParameters with(String flag, String value) {
        return switch (flag) {
            case "--only" -> new ClusterParameters(Set.of(value.split(",")), nodes, warmUpSeconds, seconds);
            case "--nodes" ->
                new ClusterParameters(
                        parts, Stream.of(value.split(",")).map(Integer::valueOf).toList(), warmUpSeconds, seconds);
            case "--seconds" -> new ClusterParameters(parts, nodes, warmUpSeconds, Integer.parseInt(value));
            case "--warm-up" -> new ClusterParameters(parts, nodes, Integer.parseInt(value), seconds);
            default -> throw new IllegalArgumentException("Unknown flag " + flag);
        };
    }
}
