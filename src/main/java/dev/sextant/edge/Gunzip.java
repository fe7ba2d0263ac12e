package dev.sextant.edge;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A gzipped stream, unzipped as it is read: while it is paused, or after its handler was taken away, nothing is. What is
 * no gzip, or ends too early, fails as {@code Malformed}. Lives on one event loop.
 */
final class Gunzip implements ReadStream<Buffer> {

    private final ReadStream<Buffer> source;
    private final GzipMembers members = new GzipMembers();
    private @Nullable Handler<Buffer> onPiece;
    private Handler<Void> onEnd = _ -> {};
    private Handler<Throwable> onFailure = _ -> {};
    private boolean paused = true;
    private boolean draining;
    private boolean ended;
    private boolean over;

    /** @param source paused, and not read by anybody else */
    Gunzip(ReadStream<Buffer> source) {
        this.source = source;
        source.handler(this::add);
        source.endHandler(_ -> end());
    }

    @Override
    public Gunzip handler(@Nullable Handler<Buffer> handler) {
        onPiece = handler;
        if (handler == null) {
            finish();
        }
        return this;
    }

    @Override
    public Gunzip endHandler(@Nullable Handler<Void> handler) {
        onEnd = handler == null ? _ -> {} : handler;
        return this;
    }

    @Override
    public Gunzip exceptionHandler(@Nullable Handler<Throwable> handler) {
        onFailure = handler == null ? _ -> {} : handler;
        source.exceptionHandler(handler);
        return this;
    }

    @Override
    public Gunzip pause() {
        paused = true;
        if (!ended) { // what has ended cannot be paused
            source.pause();
        }
        return this;
    }

    @Override
    public Gunzip resume() {
        paused = false;
        drain();
        if (!paused && !ended) {
            source.resume();
        }
        return this;
    }

    /** As {@link #resume}: nobody counts pieces here. */
    @Override
    public Gunzip fetch(long amount) {
        return resume();
    }

    private void add(Buffer chunk) {
        if (!over) {
            members.add(chunk.getBytes());
            drain();
        }
    }

    private void end() {
        ended = true;
        drain();
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            boolean dry = false;
            while (!paused && !over && !dry) {
                byte[] piece = members.next();
                dry = piece == null;
                if (piece != null && onPiece != null) {
                    onPiece.handle(Buffer.buffer(piece));
                }
            }
            if (dry && ended) {
                endWhole();
            }
        } catch (GzipMembers.NoGzip _) {
            fail();
        } finally {
            draining = false;
        }
    }

    private void endWhole() throws GzipMembers.NoGzip {
        if (!members.isWhole()) {
            throw new GzipMembers.NoGzip();
        }
        finish();
        onEnd.handle(null);
    }

    private void fail() {
        finish();
        onFailure.handle(new ProblemException(
                new Problem.Malformed("The body says 'content-encoding: gzip', and is not whole gzip.")));
    }

    private void finish() {
        if (!over) {
            over = true;
            members.close();
        }
    }
}
