package dev.sextant.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tells whether what is remembered of a tenant still holds: each change of the tenant ends it, at the cost of one
 * increment, however much is remembered. Any thread.
 *
 * <p>Whoever remembers something reads {@link #epoch} first, then the store, then takes a stamp, and keeps what was read
 * only if the epoch is still the same: then every change that the reading missed comes after the stamp, and ends it.
 */
final class TenantGates {

    /** Holds as long as nothing has changed since it was made. */
    record Stamp(AtomicLong generation, long seenGeneration, AtomicLong era, long seenEra) {

        boolean holds() {
            return generation.get() == seenGeneration && era.get() == seenEra;
        }
    }

    private final BooleanSupplier hearsChanges;
    private final Supplier<Future<Void>> hearsAgain;
    private final AtomicLong epoch = new AtomicLong();
    private final AtomicLong era = new AtomicLong();

    /** A tenant of which nothing is remembered any more costs nothing: no stamp holds its counter. */
    private final Cache<TenantId, AtomicLong> tenantToGeneration =
            Caffeine.newBuilder().weakValues().build();

    /**
     * @param hearsChanges false while changes may have been missed
     * @param hearsAgain completes when that has passed, and fails where it is not about to
     */
    TenantGates(BooleanSupplier hearsChanges, Supplier<Future<Void>> hearsAgain) {
        this.hearsChanges = hearsChanges;
        this.hearsAgain = hearsAgain;
    }

    /** False while a stamp that holds proves nothing. */
    boolean hearChanges() {
        return hearsChanges.getAsBoolean();
    }

    /** Completes when changes are heard again; fails where that takes too long. */
    Future<Void> hearAgain() {
        return hearsAgain.get();
    }

    /** Grows with each change of whatever tenant. */
    long epoch() {
        return epoch.get();
    }

    Stamp stamp(TenantId tenant) {
        AtomicLong generation = tenantToGeneration.get(tenant, _ -> new AtomicLong());
        return new Stamp(generation, generation.get(), era, era.get());
    }

    void changed(TenantId tenant) {
        epoch.incrementAndGet();
        AtomicLong generation = tenantToGeneration.getIfPresent(tenant);
        if (generation != null) {
            generation.incrementAndGet();
        }
    }

    /** Nothing that is remembered holds any more. */
    void allChanged() {
        epoch.incrementAndGet();
        era.incrementAndGet();
    }
}
