package dev.sextant.engine.duckdb;

import dev.sextant.kernel.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may have a stream, and the streams that are open. Safe for all threads. */
final class OpenStreams {

    private final DuckDbConfig.Streams limits;
    private final Map<TenantId, Integer> tenantToPlaces = new HashMap<>();
    private final Set<KeptStream> streams = new HashSet<>();
    private int places;

    OpenStreams(DuckDbConfig.Streams limits) {
        this.limits = limits;
    }

    /** A place for one stream, to be left once; empty where there is none. */
    synchronized Optional<Place> enter(TenantId tenant) {
        int mine = tenantToPlaces.getOrDefault(tenant, 0);
        if (mine >= limits.openPerTenantMax() || places >= limits.openMax()) {
            return Optional.empty();
        }
        tenantToPlaces.put(tenant, mine + 1);
        places++;
        return Optional.of(new Place(tenant));
    }

    synchronized void add(KeptStream stream) {
        streams.add(stream);
    }

    /** Whether it was there. */
    synchronized boolean remove(KeptStream stream) {
        return streams.remove(stream);
    }

    synchronized List<KeptStream> all() {
        return List.copyOf(streams);
    }

    private synchronized void leave(TenantId tenant) {
        tenantToPlaces.computeIfPresent(tenant, (_, mine) -> mine == 1 ? null : mine - 1);
        places--;
    }

    /** A place that is taken until it is left; leaving twice is leaving once. */
    final class Place {
        private final TenantId tenant;
        private boolean left;

        private Place(TenantId tenant) {
            this.tenant = tenant;
        }

        void leave() {
            synchronized (OpenStreams.this) {
                if (!left) {
                    left = true;
                    OpenStreams.this.leave(tenant);
                }
            }
        }
    }
}
