package dev.sextant.perf;

import dev.sextant.kernel.Json;
import dev.sextant.perf.Subject.Customer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks again and again which version of a dataset is visible, on a thread of its own, so that many can wait for theirs and ask
 * nothing meanwhile.
 */
final class VersionWatch implements AutoCloseable {

    private static final long PAUSE_MILLIS = 10;
    private static final String PREFIX = "dv_";

    private final Subject subject;
    private final Customer customer;
    private final String path;
    private long visible;
    private boolean closed;

    VersionWatch(Subject subject, Customer customer, String dataset) {
        this.subject = subject;
        this.customer = customer;
        this.path = "/api/v2/datasets/" + dataset;
        Thread.ofVirtual().start(this::follow);
    }

    private void follow() {
        try {
            while (!isClosed()) {
                subject.tryToGet(customer, path).flatMap(VersionWatch::version).ifPresent(this::see);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** What an answer says the version is. */
    static Optional<Long> version(String answer) {
        try {
            String text = Json.tree(answer.getBytes(StandardCharsets.UTF_8))
                    .path("data_version")
                    .asText();
            return text.startsWith(PREFIX)
                    ? Optional.of(Long.valueOf(text.substring(PREFIX.length())))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void see(long version) {
        visible = Math.max(visible, version);
        notifyAll();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Returns when some node has the version, or so many nanoseconds later. */
    synchronized void await(long version, long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        while (visible < version && until - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, until - System.nanoTime());
        }
    }

    /** It asks once more at most. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
