package dev.sextant.scaling;

import dev.sextant.engine.OlapEngine;
import dev.sextant.kernel.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parts that are in force on this node. Safe for all threads. */
final class Parts {

    private final OlapEngine engine;
    private final Capacities capacities;
    private final Map<TenantId, Scaled> tenantToScaled = new HashMap<>();
    private final Map<TenantId, Target> tenantToTarget = new HashMap<>();

    Parts(OlapEngine engine, Capacities capacities) {
        this.engine = engine;
        this.capacities = capacities;
    }

    /** Has a part as it is stored; empty where none is any more. */
    synchronized void put(TenantId tenant, Optional<Scaled> scaled, Instant now) {
        if (scaled.isPresent()) {
            tenantToScaled.put(tenant, scaled.get());
        } else {
            tenantToScaled.remove(tenant);
        }
        apply(tenant, scaled.map(one -> one.inForce(now)).orElse(Target.USUAL));
    }

    /** Lets go of what has ended. */
    synchronized void pass(Instant now) {
        tenantToScaled.entrySet().removeIf(entry -> {
            boolean isOver = entry.getValue().isOver(now);
            if (isOver) {
                apply(entry.getKey(), Target.USUAL);
            }
            return isOver;
        });
    }

    private void apply(TenantId tenant, Target target) {
        Target before =
                target.equals(Target.USUAL) ? tenantToTarget.remove(tenant) : tenantToTarget.put(tenant, target);
        if (!target.equals(before == null ? Target.USUAL : before)) {
            engine.share(tenant, ScalePlan.share(target, capacities));
        }
    }

    /** How many sockets a tenant may have here; as many as it likes where it was given no part. */
    synchronized int socketsMax(TenantId tenant) {
        Target target = tenantToTarget.get(tenant);
        Integer sockets = target == null ? null : target.pushConnections();
        return sockets == null ? Integer.MAX_VALUE : sockets;
    }
}
