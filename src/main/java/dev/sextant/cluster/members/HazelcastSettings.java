package dev.sextant.cluster.members;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SocketInterceptorConfig;
import java.util.Map;
import java.util.UUID;

/** Hazelcast as we use it: members by their addresses and nothing else that calls out or listens. Pure. */
final class HazelcastSettings {

    /** The name that Vert.x knows a member by. */
    static final String VERTX_ID = "__vertx.nodeId";

    /** The name that we know it by. */
    static final String NODE = "sextant.node";

    /** A member that is silent for so long is gone; a connection that broke tells it sooner. */
    private static final int SILENCE_SECONDS_MAX = 10;

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.logging.type", "slf4j"),
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.socket.connect.timeout.seconds", "2"),
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.max.join.seconds", "30"),
            Map.entry("hazelcast.tcp.join.port.try.count", "1"),
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", Integer.toString(SILENCE_SECONDS_MAX)),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "3"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "3"),
            Map.entry("hazelcast.operation.call.timeout.millis", "5000"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "10"),
            Map.entry("hazelcast.operation.thread.count", "2"),
            Map.entry("hazelcast.operation.generic.thread.count", "2"),
            Map.entry("hazelcast.io.thread.count", "1"),
            Map.entry("hazelcast.event.thread.count", "1"),
            Map.entry("hazelcast.client.engine.thread.count", "1"),
            Map.entry("hazelcast.partition.count", "31"));

    private HazelcastSettings() {}

    static Config of(ClusterConfig cluster, String node) {
        Config config = new Config();
        config.setClusterName(cluster.name());
        config.setInstanceName("sextant-" + UUID.randomUUID()); // tests have several in one process
        PROPERTIES.forEach(config::setProperty);
        config.getMemberAttributeConfig()
                .setAttribute(VERTX_ID, UUID.randomUUID().toString());
        config.getMemberAttributeConfig().setAttribute(NODE, node);
        config.getSerializationConfig().setJavaSerializationFilterConfig(known());
        network(config.getNetworkConfig(), cluster.members());
        // What Vert.x keeps there: who listens at which address, and where the nodes are.
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
        config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
        return config;
    }

    private static void network(NetworkConfig network, ClusterConfig.Members members) {
        network.setPort(members.port()).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(members.host());
        if (!members.advertised().isEmpty()) {
            network.setPublicAddress(members.advertised());
        }
        // That it is on is all that Hazelcast looks at; which one it is, GuardedContext says.
        network.setSocketInterceptorConfig(
                new SocketInterceptorConfig().setEnabled(true).setClassName(SharedSecret.class.getName()));
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        members.joined().forEach(endpoint -> join.getTcpIpConfig().addMember(endpoint.toString()));
    }

    /** What a member can make this one read: what Hazelcast and Vert.x send, and nothing else of the class path. */
    private static JavaSerializationFilterConfig known() {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
        filter.getWhitelist().addPrefixes("com.hazelcast.", "io.vertx.spi.cluster.hazelcast.", "java.", "[");
        return filter;
    }
}
