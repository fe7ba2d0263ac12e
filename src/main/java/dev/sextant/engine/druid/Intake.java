package dev.sextant.engine.druid;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries to the intake topics, each whole and once. Done when every replica that keeps up has it. Its futures
 * complete on Kafka's thread.
 *
 * <p>What is under way is bounded in bytes. Where the oldest entry has waited for long, or there is no connection, Kafka counts
 * as away: whoever waits is told so, and nothing more is taken until the oldest has been answered for or given up; so one entry at a time
 * finds out whether Kafka is back. It may come to be written after its sender was told otherwise: the ids of its events tell when they are
 * sent again.
 */
final class Intake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    /** Longer than it takes to connect. */
    private static final Duration CUT_OFF = Duration.ofMillis(50);

    private final DruidConfig.Kafka config;
    private final KafkaProducer<byte[], byte[]> producer;

    /** A first send waits for Kafka to tell of the topic. */
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("druid-intake").daemon().factory());

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("druid-intake-watch").daemon().factory());

    private final AtomicLong bytesInFlight = new AtomicLong();
    private final Queue<Sending> underWay = new ConcurrentLinkedQueue<>();
    private final Metric connections;
    private volatile boolean closed;

    /**
     * An entry that Kafka has not answered for.
     *
     * @param begun as {@link System#nanoTime}
     * @param told what whoever sent it is told, which may be before that
     */
    private record Sending(long begun, Promise<Long> told) {}

    Intake(DruidConfig.Kafka config) {
        this.config = config;
        this.producer = new KafkaProducer<>(settings(config), new ByteArraySerializer(), new ByteArraySerializer());
        this.connections = producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().group().equals("producer-metrics")
                        && metric.getKey().name().equals("connection-count"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        watch.scheduleWithFixedDelay(
                this::tellWhoWaits, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is under way goes on; whoever sent it need not wait for that. */
    private void tellWhoWaits() {
        if (isAway()) {
            long told = underWay.stream()
                    .filter(sending -> sending.told.tryFail(new ProblemException(noAnswer())))
                    .count();
            if (told > 0) {
                LOG.warn("Engine[druid] has no answer from Kafka, told[{}]", told);
            }
        }
    }

    private static Map<String, Object> settings(DruidConfig.Kafka config) {
        int patience = Math.toIntExact(config.patience().toMillis());
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrap());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) patience);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, patience / 2));
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, config.batchBytesMax());
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, config.inFlightBytesMax() + config.batchBytesMax());
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return settings;
    }

    /** The version of what the entry says: its place in the topic, from 1 on. */
    Future<Long> write(Letter letter) {
        if (closed) {
            return ProblemException.failed(new Problem.Unavailable("engine", "The server is stopping."));
        }
        if (isTooLarge(letter)) {
            return tooLarge();
        }
        return isAway() ? away() : send(new ProducerRecord<>(letter.topic(), 0, letter.key(), letter.entry()));
    }

    /** Whether it would be refused in any case. */
    boolean isTooLarge(Letter letter) {
        return letter.entry().length > config.batchBytesMax();
    }

    private Future<Long> send(ProducerRecord<byte[], byte[]> record) {
        int bytes = record.value().length;
        if (bytesInFlight.addAndGet(bytes) > config.inFlightBytesMax()) {
            bytesInFlight.addAndGet(-bytes);
            return ProblemException.failed(
                    new Problem.Overloaded(1, "Too many events wait to be stored; slow down and send them again."));
        }
        Sending sending = new Sending(System.nanoTime(), Promise.promise());
        underWay.add(sending);
        Promise<Long> answer = Promise.promise();
        answer.future()
                .onComplete(_ -> {
                    bytesInFlight.addAndGet(-bytes);
                    underWay.remove(sending);
                })
                .onSuccess(sending.told::tryComplete)
                .onFailure(sending.told::tryFail);
        try {
            sender.execute(() -> hand(record, answer));
        } catch (RejectedExecutionException _) {
            answer.tryFail(new ProblemException(new Problem.Unavailable("engine", "The server is stopping.")));
        }
        return sending.told
                .future()
                .recover(failure -> failure instanceof RecordTooLargeException ? tooLarge() : given(failure));
    }

    private void hand(ProducerRecord<byte[], byte[]> record, Promise<Long> promise) {
        try {
            producer.send(record, (written, failure) -> {
                if (failure == null) {
                    promise.tryComplete(written.offset() + 1);
                } else {
                    promise.tryFail(failure);
                }
            });
        } catch (RuntimeException e) {
            promise.tryFail(e);
        }
    }

    private Future<Long> given(Throwable failure) {
        if (failure instanceof ProblemException) {
            return Future.failedFuture(failure);
        }
        LOG.warn("Engine[druid] could not hand on an entry, problem[{}]", failure.toString());
        return away();
    }

    static Future<Long> away() {
        return ProblemException.failed(noAnswer());
    }

    private static Problem noAnswer() {
        return new Problem.Unavailable(
                "kafka", "Nothing can be stored now: the log that takes events does not answer. Try again shortly.");
    }

    private Future<Long> tooLarge() {
        return ProblemException.failed(new Problem.LimitExceeded(
                "engine.druid.kafka.batch_bytes_max",
                config.batchBytesMax(),
                "The batch is too large to be stored as one; send fewer events at a time."));
    }

    /** Whether what was sent has waited too long for an answer, or waits and there is nobody who could give one. */
    boolean isAway() {
        Sending oldest = underWay.peek();
        if (oldest == null) {
            return false;
        }
        long waited = System.nanoTime() - oldest.begun;
        return waited > config.stall().toNanos() || (waited > CUT_OFF.toNanos() && !isConnected());
    }

    private boolean isConnected() {
        return connections.metricValue() instanceof Number count && count.intValue() > 0;
    }

    long bytesInFlight() {
        return bytesInFlight.get();
    }

    /** What is under way ends. Blocks. */
    @Override
    public void close() {
        closed = true;
        sender.shutdown();
        watch.shutdown();
        producer.close(CLOSE_PATIENCE);
    }
}
