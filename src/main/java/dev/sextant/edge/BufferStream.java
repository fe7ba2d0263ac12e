package dev.sextant.edge;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** Bytes that are there already, for those who read streams: all at once, when they are first wanted. On one event loop. */
final class BufferStream implements ReadStream<Buffer> {

    private final Buffer bytes;
    private @Nullable Handler<Buffer> onBytes;
    private Handler<Void> onEnd = _ -> {};
    private boolean isPaused = true;
    private boolean isGiven;
    private boolean isOver;

    BufferStream(Buffer bytes) {
        this.bytes = bytes;
        this.isGiven = bytes.length() == 0;
    }

    @Override
    public BufferStream handler(@Nullable Handler<Buffer> handler) {
        onBytes = handler;
        return this;
    }

    @Override
    public BufferStream endHandler(@Nullable Handler<Void> handler) {
        onEnd = handler == null ? _ -> {} : handler;
        return this;
    }

    @Override
    public BufferStream exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this; // what is there already does not fail
    }

    @Override
    public BufferStream pause() {
        isPaused = true;
        return this;
    }

    @Override
    public BufferStream resume() {
        isPaused = false;
        flow();
        return this;
    }

    @Override
    public BufferStream fetch(long amount) {
        return resume();
    }

    private void flow() {
        if (!isGiven && onBytes != null) {
            isGiven = true;
            onBytes.handle(bytes);
        }
        if (isGiven && !isPaused && !isOver) {
            isOver = true;
            onEnd.handle(null);
        }
    }
}
