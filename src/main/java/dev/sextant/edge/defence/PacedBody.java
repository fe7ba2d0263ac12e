package dev.sextant.edge.defence;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A body that must keep coming while it is wanted: over each stall a minimum of bytes, else it fails with {@code
 * RequestTimeout}. One that does not parse fails with {@code Malformed}. While its reader has paused it, no time counts. What is there whole when it is first asked for costs no
 * timer. Lives on one event loop.
 */
public final class PacedBody implements ReadStream<Buffer> {

    private static final long NO_TIMER = -1;

    private static final Problem TOO_SLOW =
            new Problem.RequestTimeout("The body comes too slowly: send it again over a faster connection.");

    private static final Problem BROKEN = new Problem.Malformed("The body is not valid HTTP: its chunks do not parse.");

    private final HttpServerRequest source;
    private final Vertx vertx;
    private final ConnectionConfig config;
    private final boolean isReadWhole;
    private Handler<Throwable> onFailure = _ -> {};
    private boolean isWanted;
    private boolean isWatched;
    private boolean wasWantedThroughout;
    private boolean isOver;
    private long bytes;
    private long pace = NO_TIMER;
    private long end = NO_TIMER;

    private PacedBody(HttpServerRequest source, Vertx vertx, ConnectionConfig config, boolean isReadWhole) {
        this.source = source;
        this.vertx = vertx;
        this.config = config;
        this.isReadWhole = isReadWhole;
        source.endHandler(_ -> finish());
    }

    /**
     * One of any length, which takes its time.
     *
     * @param source paused, and not read by anybody else
     */
    public static PacedBody flowing(HttpServerRequest source, Vertx vertx, ConnectionConfig config) {
        return new PacedBody(source, vertx, config, false);
    }

    /**
     * One that must have come within the configured patience, too.
     *
     * @param source paused, and not read by anybody else
     */
    public static PacedBody whole(HttpServerRequest source, Vertx vertx, ConnectionConfig config) {
        return new PacedBody(source, vertx, config, true);
    }

    @Override
    public PacedBody handler(@Nullable Handler<Buffer> handler) {
        source.handler(
                handler == null
                        ? null
                        : chunk -> {
                            bytes += chunk.length();
                            handler.handle(chunk);
                        });
        return this;
    }

    @Override
    public PacedBody endHandler(@Nullable Handler<Void> handler) {
        source.endHandler(_ -> {
            finish();
            if (handler != null) {
                handler.handle(null);
            }
        });
        return this;
    }

    @Override
    public PacedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        onFailure = handler == null ? _ -> {} : handler;
        source.exceptionHandler(failure -> {
            finish();
            onFailure.handle(failure);
        });
        return this;
    }

    @Override
    public PacedBody pause() {
        isWanted = false;
        wasWantedThroughout = false;
        source.pause();
        return this;
    }

    @Override
    public PacedBody resume() {
        isWanted = true;
        source.resume();
        watch();
        return this;
    }

    @Override
    public PacedBody fetch(long amount) {
        isWanted = true;
        source.fetch(amount);
        watch();
        return this;
    }

    private void watch() {
        if (!isOver && !isWatched) {
            isWatched = true;
            wasWantedThroughout = true;
            Context here = vertx.getOrCreateContext();
            here.runOnContext(_ -> begin()); // after all that has come with the head was read
            Doors.onBrokenBody(source, () -> here.runOnContext(_ -> fail(BROKEN)));
        }
    }

    private void begin() {
        if (isOver) {
            return;
        }
        pace = vertx.setPeriodic(config.stall().toMillis(), _ -> look());
        if (isReadWhole) {
            end = vertx.setTimer(config.bodyPatience().toMillis(), _ -> fail(TOO_SLOW));
        }
    }

    private void look() {
        if (wasWantedThroughout && bytes <= config.bytesPerStall()) {
            fail(TOO_SLOW);
        }
        wasWantedThroughout = isWanted;
        bytes = 0;
    }

    private void fail(Problem problem) {
        if (!isOver) {
            finish();
            source.handler(null);
            onFailure.handle(new ProblemException(problem));
        }
    }

    private void finish() {
        isOver = true;
        vertx.cancelTimer(pace);
        vertx.cancelTimer(end);
    }
}
