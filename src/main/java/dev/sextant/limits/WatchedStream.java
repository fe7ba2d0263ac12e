package dev.sextant.limits;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A stream of which somebody learns that it is over: ended, failed or no longer wanted. Told once. On one event loop. */
final class WatchedStream implements ReadStream<Buffer> {

    private final ReadStream<Buffer> watched;
    private final Runnable over;
    private boolean isOver;

    WatchedStream(ReadStream<Buffer> watched, Future<Void> hungUp, Runnable over) {
        this.watched = watched;
        this.over = over;
        hungUp.onSuccess(_ -> end());
    }

    private void end() {
        if (!isOver) {
            isOver = true;
            over.run();
        }
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        watched.exceptionHandler(failure -> {
            end();
            if (handler != null) {
                handler.handle(failure);
            }
        });
        return this;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        watched.handler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        watched.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        watched.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        watched.fetch(amount);
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        watched.endHandler(_ -> {
            end();
            if (handler != null) {
                handler.handle(null);
            }
        });
        return this;
    }
}
