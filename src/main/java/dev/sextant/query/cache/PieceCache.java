package dev.sextant.query.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.TimeRange.Between;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Pieces of answers, up to a weight, shared among tenants by {@code TenantShares}; and which cores are worth cutting. Of
 * each piece the latest version is kept. Safe for all threads.
 */
public final class PieceCache {

    /** What is known of a core. */
    public enum Habit {
        /** Nobody asked it of late. */
        NEW,
        /** It was asked before, and so will be again. */
        REPEATED,
        /** It has more rows than are worth keeping. */
        LARGE
    }

    private static final int HABITS_MAX = 10_000;
    private static final Duration HABIT_FADES_AFTER = Duration.ofMinutes(10);

    private record Key(Core core, Between interval) {}

    private record Asked(TenantId tenant, Core core) {}

    private final TenantShares<Key, Piece> keyToPiece;
    private final Cache<Asked, Habit> askedToHabit = Caffeine.newBuilder()
            .maximumSize(HABITS_MAX)
            .expireAfterWrite(HABIT_FADES_AFTER)
            .build();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** Keeps about {@code bytesMax} bytes of pieces. */
    public PieceCache(long bytesMax) {
        this.keyToPiece = new TenantShares<>(bytesMax);
    }

    /** The piece, where it is there in that very version. */
    public Optional<Piece> find(TenantId tenant, Core core, Between interval, long version) {
        Optional<Piece> found =
                keyToPiece.find(tenant, new Key(core, interval)).filter(piece -> piece.version() == version);
        (found.isPresent() ? hits : misses).increment();
        return found;
    }

    public void put(TenantId tenant, Core core, Between interval, Piece piece) {
        Key key = new Key(core, interval);
        boolean isOld = keyToPiece
                .find(tenant, key)
                .filter(there -> there.version() > piece.version())
                .isPresent();
        if (!isOld) {
            keyToPiece.put(tenant, key, piece, piece.weight());
        }
    }

    public Habit habit(TenantId tenant, Core core) {
        Habit habit = askedToHabit.getIfPresent(new Asked(tenant, core));
        return habit == null ? Habit.NEW : habit;
    }

    /** Remembers it for some minutes. */
    public void learn(TenantId tenant, Core core, Habit habit) {
        askedToHabit.put(new Asked(tenant, core), habit);
    }

    public long hits() {
        return hits.sum();
    }

    public long misses() {
        return misses.sum();
    }

    public long evictions() {
        return keyToPiece.evictions();
    }

    public long weight() {
        return keyToPiece.weight();
    }
}
