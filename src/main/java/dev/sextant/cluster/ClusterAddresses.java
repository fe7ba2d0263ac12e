package dev.sextant.cluster;

import dev.sextant.bus.Address;

final class ClusterAddresses {

    static final Address<GetCluster, ClusterReport> GET =
            new Address<>("cluster.get.v1", GetCluster.class, ClusterReport.class);
    static final Address<DrainNode, NodeReport> DRAIN =
            new Address<>("cluster.drain.v1", DrainNode.class, NodeReport.class);

    private ClusterAddresses() {}
}
