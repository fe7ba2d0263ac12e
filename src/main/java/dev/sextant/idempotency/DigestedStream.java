package dev.sextant.idempotency;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A body on its way, of which a digest is made as it is read. On one event loop. */
final class DigestedStream implements ReadStream<Buffer> {

    private final ReadStream<Buffer> bytes;
    private final MessageDigest digest;

    DigestedStream(ReadStream<Buffer> bytes, MessageDigest digest) {
        this.bytes = bytes;
        this.digest = digest;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        bytes.handler(
                handler == null
                        ? null
                        : chunk -> {
                            digest.update(chunk.getBytes());
                            handler.handle(chunk);
                        });
        return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        bytes.exceptionHandler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        bytes.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        bytes.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        bytes.fetch(amount);
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        bytes.endHandler(handler);
        return this;
    }
}
