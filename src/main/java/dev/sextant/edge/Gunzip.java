package dev.sextant.edge;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A gzipped stream, unzipped as it flows. What is no gzip, or ends too early, fails as {@code Malformed}. After
 * {@link #pause()} what one chunk of the source held may still come; it is fed in small slices, so that a reader with a
 * limit stops a bomb after a megabyte.
 */
final class Gunzip implements ReadStream<Buffer> {

    private static final int SLICE_BYTES = 1024;
    private static final int PIECE_BYTES_MAX = 4 << 20;

    private final ReadStream<Buffer> source;
    private final JdkZlibDecoder decoder = new JdkZlibDecoder(ZlibWrapper.GZIP, true, PIECE_BYTES_MAX);
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);
    private boolean failed;
    private Handler<Throwable> onFailure = _ -> {};

    Gunzip(ReadStream<Buffer> source) {
        this.source = source;
    }

    @Override
    public Gunzip handler(@Nullable Handler<Buffer> handler) {
        source.handler(handler == null ? null : chunk -> inflate(chunk, handler));
        return this;
    }

    @Override
    public Gunzip endHandler(@Nullable Handler<Void> handler) {
        source.endHandler(handler == null ? null : _ -> end(handler));
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
        source.pause();
        return this;
    }

    @Override
    public Gunzip resume() {
        source.resume();
        return this;
    }

    @Override
    public Gunzip fetch(long amount) {
        source.fetch(amount);
        return this;
    }

    private void inflate(Buffer chunk, Handler<Buffer> handler) {
        byte[] bytes = chunk.getBytes();
        for (int from = 0; from < bytes.length && !failed; from += SLICE_BYTES) {
            feed(Unpooled.wrappedBuffer(bytes, from, Math.min(SLICE_BYTES, bytes.length - from)), handler);
        }
    }

    private void feed(ByteBuf slice, Handler<Buffer> handler) {
        try {
            channel.writeInbound(slice);
        } catch (DecompressionException _) {
            fail();
        }
        for (ByteBuf piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
            handler.handle(Buffer.buffer(ByteBufUtil.getBytes(piece)));
            piece.release();
        }
    }

    private void end(Handler<Void> handler) {
        boolean whole = decoder.isClosed();
        channel.finishAndReleaseAll();
        if (failed) {
            return;
        }
        if (whole) {
            handler.handle(null);
        } else {
            fail();
        }
    }

    private void fail() {
        if (!failed) {
            failed = true;
            onFailure.handle(new ProblemException(
                    new Problem.Malformed("The body says 'content-encoding: gzip', and is not whole gzip.")));
        }
    }
}
