package dev.sextant.engine.druid;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands batches to Kafka, and has the spool keep them, where there is one, while Kafka is away. From the first that is kept until
 * the last is handed on, all batches go by the spool. A batch may come to Kafka twice so: the ids of its events tell.
 */
final class SpoolingIntake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolingIntake.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long BYTES_AT_ONCE = 4L << 20;

    /** Callers side by side are written to the disk together. */
    private static final int KEEPERS = 8;

    private final Intake intake;
    private final @Nullable Spool spool;
    private final ExecutorService keepers = Executors.newFixedThreadPool(
            KEEPERS, Thread.ofPlatform().name("druid-spool-", 0).daemon().factory());
    private final Thread carrier =
            Thread.ofPlatform().name("druid-carrier").daemon().unstarted(this::carry);
    private volatile boolean isStopped;

    private SpoolingIntake(DruidConfig.Kafka config, @Nullable Spool spool) {
        this.intake = new Intake(config);
        this.spool = spool;
    }

    /** Opens the spool, where there is to be one, and hands on what an earlier process left there. Blocks. */
    static SpoolingIntake open(DruidConfig config) {
        long bytesMax = config.kafka().spoolBytesMax();
        Spool spool = bytesMax == 0 ? null : Spool.open(config.folder().resolve("spool"), bytesMax);
        SpoolingIntake intake = new SpoolingIntake(config.kafka(), spool);
        if (spool != null) {
            intake.carrier.start();
        }
        return intake;
    }

    /** As {@link Intake#write}: an order is not kept here. */
    Future<Long> write(Letter order) {
        return intake.write(order);
    }

    /** As {@link Intake#write}; 0 where it is on the disk of this node, and is handed on later. */
    Future<Long> append(Letter batch) {
        if (spool == null || intake.isTooLarge(batch)) {
            return intake.write(batch);
        }
        if (!spool.isEmpty()) {
            return keep(spool, batch);
        }
        return intake.write(batch)
                .recover(failure -> saysAway(failure) ? keep(spool, batch) : Future.failedFuture(failure));
    }

    private static boolean saysAway(Throwable failure) {
        return failure instanceof ProblemException refused && refused.problem() instanceof Problem.Unavailable;
    }

    private Future<Long> keep(Spool place, Letter batch) {
        CompletableFuture<Boolean> kept;
        try {
            kept = CompletableFuture.supplyAsync(() -> place.keep(batch), keepers);
        } catch (RejectedExecutionException _) {
            return Intake.away();
        }
        return Future.fromCompletionStage(kept)
                .otherwise(failure -> {
                    LOG.warn("A batch cannot be kept while Kafka is away, problem[{}]", failure.toString());
                    return false;
                })
                .compose(isKept -> isKept ? Future.succeededFuture(0L) : Intake.away());
    }

    private void carry() {
        Spool place = Objects.requireNonNull(spool);
        while (!isStopped) {
            if (place.isEmpty() || !handOn(place)) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Whether all of what is oldest was handed on. */
    private boolean handOn(Spool place) {
        try {
            List<Spool.Kept> oldest = place.oldest(BYTES_AT_ONCE);
            List<Future<Long>> writes =
                    oldest.stream().map(kept -> intake.write(kept.letter())).toList();
            Future.join(writes).otherwiseEmpty().await();
            List<Spool.Kept> gone = IntStream.range(0, oldest.size())
                    .filter(i -> writes.get(i).succeeded())
                    .mapToObj(oldest::get)
                    .toList();
            place.letGo(gone);
            return gone.size() == oldest.size();
        } catch (UncheckedIOException e) {
            LOG.warn("What waits for Kafka cannot be handed on, will try again", e);
            return false;
        }
    }

    /** Whether batches wait on this node. */
    boolean isSpooling() {
        return spool != null && !spool.isEmpty();
    }

    long spooledBytes() {
        return spool == null ? 0 : spool.bytes();
    }

    boolean isAway() {
        return intake.isAway();
    }

    long bytesInFlight() {
        return intake.bytesInFlight();
    }

    /** What is under way ends; what is kept waits for the next start. Blocks. */
    @Override
    public void close() {
        isStopped = true;
        intake.close();
        LockSupport.unpark(carrier);
        keepers.close();
        try {
            carrier.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (spool != null) {
            spool.close();
        }
    }
}
