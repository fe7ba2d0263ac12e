package dev.sextant.cluster.members;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** This node among the others, from its joining to its leaving. Safe for all threads. */
public final class Members implements AutoCloseable, MembershipListener {

    private static final long LOOK_MILLIS = 1000;

    /** So long after members came or went, what is remembered of them is looked up again and again. */
    private static final long UNREST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final int CONNECT_MILLIS_MAX = 2000;
    private static final long PING_MILLIS = 3000;

    private final ClusterConfig config;
    private final HazelcastInstance hazelcast;
    private final SteadyManager manager;
    private volatile long changedNanos = System.nanoTime();

    private Members(ClusterConfig config, HazelcastInstance hazelcast) {
        this.config = config;
        this.hazelcast = hazelcast;
        this.manager = new SteadyManager(hazelcast);
    }

    /**
     * Joins the others, or begins a cluster where there are none. Blocks, for seconds.
     *
     * @param node by which name this one is known
     * @throws CannotJoinException where this machine has no such address, the others know another secret, or one of them has
     *     that name
     */
    public static Members join(ClusterConfig config, String node) {
        requireOwn(config.members().host());
        SharedSecret secret = new SharedSecret(config.secret());
        HazelcastInstance hazelcast = HazelcastInstanceFactory.newHazelcastInstance(
                HazelcastSettings.of(config, node), null, new GuardedContext(secret));
        Members members = new Members(config, hazelcast);
        try {
            members.check(secret, node);
            hazelcast.getCluster().addMembershipListener(members);
            hazelcast.getLifecycleService().addLifecycleListener(_ -> members.changed()); // merged, for one
            return members;
        } catch (CannotJoinException e) {
            members.close();
            throw e;
        }
    }

    private static void requireOwn(String host) {
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            if (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null) {
                return;
            }
        } catch (SocketException _) {
            // Nobody knows this machine's addresses.
        }
        throw new CannotJoinException(
                "This machine has no address %s: set cluster.members.host to one that it has".formatted(host));
    }

    private void check(SharedSecret secret, String node) {
        if (!secret.refusedBy().isEmpty()) {
            throw new CannotJoinException(
                    "What answers at %s does not share this node's secret: set cluster.secret to the same on every node"
                            .formatted(String.join(", ", new TreeSet<>(secret.refusedBy()))));
        }
        boolean isTaken = hazelcast.getCluster().getMembers().stream()
                .anyMatch(member -> !member.localMember() && node.equals(name(member)));
        if (isTaken) {
            throw new CannotJoinException(
                    "There is a node of the name '%s' in the cluster already: give this one another, by node.name"
                            .formatted(node));
        }
    }

    /** What Vert.x is to be clustered by. */
    public ClusterManager manager() {
        return manager;
    }

    /** How the event bus listens and calls. */
    public EventBusOptions busOptions() {
        ClusterConfig.Bus bus = config.bus();
        EventBusOptions options = new EventBusOptions()
                .setHost(bus.host())
                .setPort(bus.port())
                .setConnectTimeout(CONNECT_MILLIS_MAX)
                .setClusterPingInterval(PING_MILLIS)
                .setClusterPingReplyInterval(PING_MILLIS)
                .setTcpKeepAlive(true);
        Endpoint.readAll("cluster: bus.advertised", bus.advertised())
                .forEach(endpoint ->
                        options.setClusterPublicHost(endpoint.host()).setClusterPublicPort(endpoint.port()));
        return bus.tls().isThere() ? secured(options, bus.tls()) : options;
    }

    private static EventBusOptions secured(EventBusOptions options, ClusterConfig.Tls tls) {
        return options.setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(
                        new PemKeyCertOptions().setCertPath(tls.certificate()).setKeyPath(tls.key()))
                .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority()))
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    }

    /** Keeps what this node and the others know of each other whole, for as long as {@code vertx} lives. */
    public void watch(Vertx vertx) {
        vertx.setPeriodic(LOOK_MILLIS, _ -> {
            manager.putBack();
            if (System.nanoTime() - changedNanos < UNREST_NANOS) {
                manager.lookAgain();
            }
        });
    }

    /** The names of the nodes that this one reaches, itself among them. */
    public Set<String> reached() {
        return hazelcast.getCluster().getMembers().stream()
                .map(Members::name)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String name(Member member) {
        return member.getAttribute(HazelcastSettings.NODE);
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        changed();
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        changed();
    }

    private void changed() {
        changedNanos = System.nanoTime();
    }

    /** For tests: as if all that nodes know of each other had got lost. */
    void forgetAll() {
        hazelcast.getMultiMap("__vertx.subs").clear();
        hazelcast.getMap("__vertx.nodeInfo").clear();
    }

    /** Leaves; what this node kept for the others is handed over first. After Vert.x was closed. Blocks. */
    @Override
    public void close() {
        hazelcast.shutdown();
    }
}
