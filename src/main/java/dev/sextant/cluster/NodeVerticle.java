package dev.sextant.cluster;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Role;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.ChangeFeed;
import dev.sextant.store.NodeLeases;
import dev.sextant.store.NodeLeases.Standing;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that this node is there, sees who else is, and holds the leases that are its part. */
final class NodeVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(NodeVerticle.class);
    private static final long BEAT_MILLIS = 1000;

    /** What it talks to. */
    record Talks(Bus bus, PlatformDb db, ChangeFeed feed) {}

    private final Bus bus;
    private final PlatformDb db;
    private final ChangeFeed feed;
    private final Nodes nodes;
    private final Self self;
    private final Set<String> leases;
    private final Supplier<String> address;
    private boolean isBeating;
    private boolean isToBeatAgain;
    private boolean isReplaced;
    private boolean isFailing;

    /**
     * @param leases all that there are to be shared out
     * @param address where this node listens for callers; empty as long as it does not
     */
    NodeVerticle(Talks talks, Nodes nodes, Set<String> leases, Supplier<String> address) {
        this.bus = talks.bus();
        this.db = talks.db();
        this.feed = talks.feed();
        this.nodes = nodes;
        this.self = nodes.self();
        this.leases = Set.copyOf(leases);
        this.address = address;
    }

    @Override
    public Future<?> start() {
        feed.onChange((_, subject) -> {
            if (subject.startsWith(NodeStore.SUBJECT)) {
                context.runOnContext(_ -> beat());
            }
        });
        vertx.setPeriodic(BEAT_MILLIS, _ -> beat());
        return db.inTransaction(transaction -> NodeStore.begin(transaction, self, ClusterFeature.VERSION))
                .compose(_ -> beat())
                .compose(_ -> Future.all(
                        bus.answer(ClusterAddresses.GET, (_, _) -> report()),
                        bus.answer(ClusterAddresses.DRAIN, this::drain)));
    }

    /** One at a time. */
    private Future<Void> beat() {
        if (isReplaced || nodes.hasLeft()) {
            return Future.succeededFuture();
        }
        isToBeatAgain = isBeating;
        if (isBeating) {
            return Future.succeededFuture();
        }
        isBeating = true;
        long begunNanos = System.nanoTime();
        return db.inTransaction(this::beat)
                .onSuccess(sighting -> see(sighting, begunNanos))
                .onFailure(this::failed)
                .onComplete(_ -> {
                    isBeating = false;
                    if (isToBeatAgain) {
                        beat();
                    }
                })
                .mapEmpty();
    }

    /** What one beat saw; nothing where another life of this node has begun. */
    private record Sighting(List<KnownNode> nodes, List<Standing> leases) {}

    private Future<Optional<Sighting>> beat(SqlConnection transaction) {
        return NodeStore.beat(transaction, self, address.get())
                .compose(isThere -> isThere
                        ? NodeLeases.renew(transaction, self.life(), Nodes.LEASE_LIFE)
                                .compose(_ -> NodeStore.all(transaction))
                                .compose(seen -> share(transaction, seen)
                                        .compose(_ -> NodeLeases.read(transaction))
                                        .map(leases -> Optional.of(new Sighting(seen, leases))))
                        : Future.succeededFuture(Optional.empty()));
    }

    /** Only once the transaction has ended well. */
    private void see(Optional<Sighting> sighting, long begunNanos) {
        isFailing = false;
        if (sighting.isPresent()) {
            nodes.see(sighting.get().nodes(), sighting.get().leases(), begunNanos);
        } else if (!nodes.hasLeft()) {
            isReplaced = true;
            LOG.error(
                    "Another process goes by the name of node[{}]: this one is no part of the cluster any more",
                    self.name());
            nodes.see(List.of(), List.of(), begunNanos);
        }
    }

    private void failed(Throwable failure) {
        if (!isFailing) {
            LOG.warn("The other nodes cannot be told that this one is there, will try again: {}", failure.getMessage());
        }
        isFailing = true;
    }

    private Future<Void> share(SqlConnection transaction, List<KnownNode> seen) {
        List<String> workers = seen.stream()
                .filter(node -> node.takes(Role.BACKGROUND))
                .map(KnownNode::name)
                .toList();
        Set<String> ours = leases.stream()
                .filter(lease -> Rendezvous.ownerOf(lease, workers)
                        .filter(self.name()::equals)
                        .isPresent())
                .collect(Collectors.toUnmodifiableSet());
        Set<String> others =
                leases.stream().filter(lease -> !ours.contains(lease)).collect(Collectors.toUnmodifiableSet());
        return NodeLeases.giveBack(transaction, self.life(), others)
                .compose(_ -> NodeLeases.take(transaction, self.life(), ours, Nodes.LEASE_LIFE))
                .mapEmpty();
    }

    private Future<ClusterReport> report() {
        return db.inTransaction(transaction -> NodeStore.all(transaction)
                .compose(known -> NodeLeases.read(transaction).map(standing -> report(known, standing))));
    }

    private ClusterReport report(List<KnownNode> known, List<Standing> standing) {
        return ClusterReport.of(self, known, standing);
    }

    private Future<NodeReport> drain(DrainNode wish, Origin origin) {
        return db.inTransaction(origin, transaction -> NodeStore.drain(transaction, wish.name(), wish.isDraining()))
                .map(found -> found.map(
                                node -> NodeReport.of(node, self.reached().get(), 0))
                        .orElseThrow(() -> new ProblemException(
                                new Problem.NotFound("There is no node of this name in the cluster."))));
    }
}
