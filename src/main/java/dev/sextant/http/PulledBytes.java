package dev.sextant.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are fetched from their source when they are wanted, one piece at a time, and never ahead. Paused until it is
 * resumed. Its methods are called on one context, on which its handlers are called too: the one of {@link #handler}.
 */
public final class PulledBytes implements ReadStream<Buffer> {

    private final ByteSource source;
    private @Nullable Context context;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Buffer arrived;
    private long demand;
    private boolean isPulling;
    private boolean isOver;

    public PulledBytes(ByteSource source) {
        this.source = source;
    }

    @Override
    public PulledBytes handler(@Nullable Handler<Buffer> bytes) {
        handler = bytes;
        if (bytes != null && context == null) {
            context = Vertx.currentContext();
        }
        return this;
    }

    @Override
    public PulledBytes exceptionHandler(@Nullable Handler<Throwable> failure) {
        exceptionHandler = failure;
        return this;
    }

    @Override
    public PulledBytes endHandler(@Nullable Handler<Void> end) {
        endHandler = end;
        return this;
    }

    @Override
    public PulledBytes pause() {
        demand = 0;
        return this;
    }

    @Override
    public PulledBytes resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public PulledBytes fetch(long amount) {
        demand = demand > Long.MAX_VALUE - amount ? Long.MAX_VALUE : demand + amount;
        proceed();
        return this;
    }

    /** Gives what is there, and asks for more, where both are wanted. */
    private void proceed() {
        Context here = context;
        if (here == null || handler == null || isOver || demand == 0) {
            return;
        }
        Buffer next = arrived;
        if (next != null) {
            arrived = null;
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
            handler.handle(next);
        }
        if (demand > 0 && !isPulling && arrived == null && !isOver) {
            isPulling = true;
            source.next().onComplete(outcome -> here.runOnContext(_ -> pulled(outcome)));
        }
    }

    private void pulled(AsyncResult<Optional<Buffer>> outcome) {
        isPulling = false;
        if (outcome.failed()) {
            end();
            if (exceptionHandler != null) {
                exceptionHandler.handle(outcome.cause());
            }
        } else if (outcome.result().isEmpty()) {
            end();
            if (endHandler != null) {
                endHandler.handle(null);
            }
        } else {
            arrived = outcome.result().get();
            proceed();
        }
    }

    /** Gives nothing more, and lets go of what is left. From any thread. */
    public void close() {
        source.close();
    }

    private void end() {
        isOver = true;
        source.close();
    }
}
