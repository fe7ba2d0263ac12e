package dev.sextant.live;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.live.LiveKey.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The live queries of this node, by all that they are looked up by. One thread. */
final class LiveBook {

    private final LiveConfig config;
    private final Map<LiveKey, Watched> keyToWatched = new HashMap<>();
    private final Map<LiveId, Watched> idToWatched = new HashMap<>();
    private final Map<LiveId, LiveQuestion> idToQuestion = new HashMap<>();
    private final Map<Place, Set<LiveId>> placeToIds = new HashMap<>();
    private final Map<TenantId, Integer> tenantToCount = new HashMap<>();

    LiveBook(LiveConfig config) {
        this.config = config;
    }

    @Nullable
    Watched find(LiveKey key) {
        return keyToWatched.get(key);
    }

    @Nullable
    Watched find(LiveId id) {
        return idToWatched.get(id);
    }

    /** What was asked, by one of those who look. */
    LiveQuestion question(Watched watched) {
        LiveQuestion question = idToQuestion.get(watched.id());
        if (question == null) {
            throw new IllegalStateException("What is in the book was asked");
        }
        return question;
    }

    List<Watched> all() {
        return List.copyOf(idToWatched.values());
    }

    Set<Place> places() {
        return Set.copyOf(placeToIds.keySet());
    }

    List<Watched> at(Place place) {
        Collection<LiveId> ids = placeToIds.getOrDefault(place, Set.of());
        return ids.stream().map(idToWatched::get).toList();
    }

    /** @throws ProblemException where there are as many as there may be */
    void requireRoom(TenantId tenant) {
        requireRoom(keyToWatched.size(), config.queriesMax(), "live.queries_max");
        requireRoom(tenantToCount.getOrDefault(tenant, 0), config.queriesPerTenantMax(), "live.queries_per_tenant_max");
    }

    private static void requireRoom(int there, int max, String limit) {
        if (there >= max) {
            throw new ProblemException(new Problem.LimitExceeded(
                    limit, max, "There are %d different live queries already, and no more may be.".formatted(max)));
        }
    }

    void add(Watched made, LiveQuestion question) {
        LiveKey key = made.key();
        keyToWatched.put(key, made);
        idToWatched.put(made.id(), made);
        idToQuestion.put(made.id(), question);
        placeToIds.computeIfAbsent(key.place(), _ -> new LinkedHashSet<>()).add(made.id());
        tenantToCount.merge(key.tenant(), 1, Integer::sum);
    }

    /** Puts another one in the place of the one with its id. */
    void replace(Watched other) {
        keyToWatched.put(other.key(), other);
        idToWatched.put(other.id(), other);
    }

    /** Does nothing where another one has its place by now. */
    void remove(Watched over) {
        LiveKey key = over.key();
        if (!over.equals(idToWatched.get(over.id()))) {
            return;
        }
        keyToWatched.remove(key);
        idToWatched.remove(over.id());
        idToQuestion.remove(over.id());
        placeToIds.computeIfPresent(key.place(), (_, there) -> {
            there.remove(over.id());
            return there.isEmpty() ? null : there;
        });
        tenantToCount.computeIfPresent(key.tenant(), (_, count) -> count == 1 ? null : count - 1);
    }
}
