package dev.sextant.cluster;

import dev.sextant.feature.Role;
import dev.sextant.store.Fence;
import dev.sextant.store.NodeLeases.Standing;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The nodes as this one saw them last, a second or so ago, and what it does for all of them. Safe for all threads.
 *
 * <p>Without PostgreSQL it goes on with what it saw; what it does for all it does no longer, from a lease's life on.
 */
public final class Nodes {

    static final Duration LEASE_LIFE = Duration.ofSeconds(5);

    /**
     * What was seen.
     *
     * @param lifeToName of the nodes that are there
     * @param leaseToLife of the leases that are held
     * @param held by this node
     * @param heldUntilNanos how long this node may believe that, by {@code System.nanoTime()}
     */
    private record Sight(
            List<KnownNode> nodes,
            Map<String, String> lifeToName,
            Map<String, String> leaseToLife,
            Map<String, Fence> held,
            long heldUntilNanos) {}

    private final Self self;
    private final List<Consumer<Boolean>> drainListeners = new CopyOnWriteArrayList<>();
    private volatile Sight sight = new Sight(List.of(), Map.of(), Map.of(), Map.of(), System.nanoTime());
    private volatile boolean isDraining;
    private volatile boolean hasLeft;

    Nodes(Self self) {
        this.self = self;
    }

    public Self self() {
        return self;
    }

    /** How many answer callers, this one among them if it does; 1 at least. */
    public int serving() {
        return Math.max(1, (int) sight.nodes().stream()
                .filter(node -> node.isSeen() && node.has(Role.SERVE))
                .count());
    }

    /** Whether this node is to be given no more work. */
    public boolean isDraining() {
        return isDraining;
    }

    /** Whether this node does now what nobody waits for. */
    public boolean worksInBackground() {
        return self.roles().contains(Role.BACKGROUND) && !isDraining;
    }

    /** Calls {@code listener} when this node is taken out of work, with true, or is back, with false. Any thread. */
    public void onDraining(Consumer<Boolean> listener) {
        drainListeners.add(listener);
    }

    /** The right to do what that lease is about; empty where this node has it not, or may have lost it. */
    public Optional<Fence> fence(String lease) {
        Sight seen = sight;
        return System.nanoTime() - seen.heldUntilNanos() < 0
                ? Optional.ofNullable(seen.held().get(lease))
                : Optional.empty();
    }

    /** The name of the node that has a lease, if one is known that is there. */
    public Optional<String> ownerOf(String lease) {
        Sight seen = sight;
        return Optional.ofNullable(seen.leaseToLife().get(lease)).map(seen.lifeToName()::get);
    }

    List<KnownNode> all() {
        return sight.nodes();
    }

    /** @param begunNanos when the transaction began in which all that was read */
    void see(List<KnownNode> nodes, List<Standing> leases, long begunNanos) {
        Map<String, String> lifeToName = nodes.stream()
                .filter(KnownNode::isSeen)
                .collect(Collectors.toUnmodifiableMap(KnownNode::life, KnownNode::name));
        Map<String, String> leaseToLife = new HashMap<>();
        Map<String, Fence> held = new HashMap<>();
        leases.stream().filter(Standing::isHeld).map(Standing::fence).forEach(fence -> {
            leaseToLife.put(fence.lease(), fence.owner());
            if (fence.owner().equals(self.life())) {
                held.put(fence.lease(), fence);
            }
        });
        sight = new Sight(
                nodes, lifeToName, Map.copyOf(leaseToLife), Map.copyOf(held), begunNanos + LEASE_LIFE.toNanos());
        drain(hasLeft || nodes.stream().anyMatch(node -> node.life().equals(self.life()) && node.isDraining()));
    }

    /** This node goes, and does nothing for others any more. */
    void leave() {
        hasLeft = true;
        sight = new Sight(sight.nodes(), Map.of(), Map.of(), Map.of(), System.nanoTime());
        drain(true);
    }

    boolean hasLeft() {
        return hasLeft;
    }

    void drain(boolean wanted) {
        if (wanted != isDraining) {
            isDraining = wanted;
            drainListeners.forEach(listener -> listener.accept(wanted));
        }
    }
}
