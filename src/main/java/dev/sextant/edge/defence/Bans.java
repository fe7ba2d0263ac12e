package dev.sextant.edge.defence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.kernel.Problem;
import dev.sextant.telemetry.Telemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Refuses addresses from which one credential after the other is tried, and callers who try one name after the other. A
 * ban costs no more than a look into a map; it ends by itself, and a credential that worked from an address lately goes on
 * working from there. One for the node; any thread.
 */
public final class Bans {

    private final BanConfig config;
    private final InstantSource clock;
    private final Proven proven;
    private final Cache<AddressBlock, Suspect> addressToSuspect;
    private final Cache<String, Suspect> callerToSuspect;
    private final AtomicLong refused = new AtomicLong();

    public Bans(BanConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.proven = new Proven(config.provenFor().toMillis(), clock);
        this.addressToSuspect = cache();
        this.callerToSuspect = cache();
    }

    private <K> Cache<K, Suspect> cache() {
        Duration kept = config.banMax().multipliedBy(2).plus(config.halfLife().multipliedBy(10));
        return Caffeine.newBuilder()
                .maximumSize(config.remembered())
                .expireAfterAccess(kept)
                .executor(Runnable::run)
                .build();
    }

    /** What to answer whoever shows this credential from this address; null where they may go on. */
    public @Nullable Problem refusal(AddressBlock address, String credential) {
        Suspect suspect = addressToSuspect.getIfPresent(address);
        long millis = suspect == null ? 0 : suspect.bannedForMillis(clock.millis());
        return millis == 0 || (!credential.isEmpty() && proven.has(address, credential))
                ? null
                : problem(millis, "Too many credentials from your address were not valid.");
    }

    /** What to answer this caller; null where it may go on. */
    public @Nullable Problem refusal(String caller) {
        Suspect suspect = callerToSuspect.getIfPresent(caller);
        long millis = suspect == null ? 0 : suspect.bannedForMillis(clock.millis());
        return millis == 0 ? null : problem(millis, "You asked for too much that there is not, or that is not yours.");
    }

    private Problem problem(long millis, String why) {
        refused.incrementAndGet();
        int seconds = (int) (millis / 1000) + 1;
        return new Problem.AbnormalUsage(seconds, "%s Try again in %d seconds.".formatted(why, seconds));
    }

    /** The credential was good. */
    public void worked(AddressBlock address, String credential) {
        proven.note(address, credential);
    }

    /** The credential was refused; empty for one that we do not see. */
    public void failed(AddressBlock address, String credential) {
        long now = clock.millis();
        int tried = credential.isEmpty() ? (int) System.nanoTime() : credential.hashCode();
        addressToSuspect
                .get(address, _ -> new Suspect(config, config.failuresMax(), now))
                .fail(tried, now);
    }

    /** The caller asked for what there is not, or what is not its own, at this path. */
    public void missed(String caller, String path) {
        long now = clock.millis();
        callerToSuspect
                .get(caller, _ -> new Suspect(config, config.missesMax(), now))
                .fail(path.hashCode(), now);
    }

    public void measure(Telemetry telemetry) {
        telemetry.gauge("sextant.edge.bans.refused", "Requests refused by a ban", refused::get);
        telemetry.gauge("sextant.edge.bans.addresses", "Addresses with failures", addressToSuspect::estimatedSize);
    }
}
