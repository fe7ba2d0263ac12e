package dev.sextant.identity.token;

import java.util.function.Supplier;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the signing keys of this node, from the moment they are read. Any thread. */
public final class SigningKeyRing {

    private final Supplier<Future<List<KeptSigningKey>>> reader;
    private final SigningSchedule schedule;
    private final InstantSource clock;
    private volatile @Nullable SigningKeys keys;

    /** @param reader the keys in use, the newest first */
    SigningKeyRing(
            Supplier<Future<List<KeptSigningKey>>> reader, SigningSchedule schedule, InstantSource clock) {
        this.reader = reader;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Reads them anew. */
    public Future<Void> refresh() {
        return reader.get().map(read -> {
            use(read);
            return null;
        });
    }

    void use(List<KeptSigningKey> newestFirst) {
        keys = SigningKeys.of(schedule.ordered(newestFirst, clock.instant()));
    }

    /** @throws IllegalStateException before they are read; a node takes no calls before that */
    SigningKeys keys() {
        SigningKeys present = keys;
        if (present == null) {
            throw new IllegalStateException("The signing keys are not read yet");
        }
        return present;
    }
}
