package dev.sextant.ingest;

import dev.sextant.http.BodyFailure;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.Function;

/**
 * A body of NDJSON, handed on in pieces of whole lines, one after the other: the next piece is read when the one before
 * is done. Lives on one event loop.
 */
final class EventStream {

    private final ReadStream<Buffer> bytes;
    private final int pieceBytes;
    private final int lineBytesMax;
    private final Function<Buffer, Future<Void>> sink;
    private final Promise<Void> done = Promise.promise();
    private Buffer pending = Buffer.buffer();
    private boolean busy;
    private boolean ended;

    EventStream(ReadStream<Buffer> bytes, IngestConfig config, Function<Buffer, Future<Void>> sink) {
        this.bytes = bytes;
        this.pieceBytes = config.pieceBytes();
        this.lineBytesMax = config.eventBytesMax();
        this.sink = sink;
    }

    /** Starts; the future completes once all pieces are done, or fails with what the first bad one failed with. */
    Future<Void> drain() {
        bytes.exceptionHandler(failure -> done.tryFail(BodyFailure.of(failure)));
        bytes.handler(this::add);
        bytes.endHandler(_ -> {
            ended = true;
            next();
        });
        bytes.resume();
        return done.future().onFailure(_ -> bytes.handler(null)); // What follows is not even unzipped.
    }

    private void add(Buffer chunk) {
        if (!done.future().isComplete()) {
            pending.appendBuffer(chunk);
            next();
        }
    }

    /** Hands a piece on where there is one, unless one is under way. */
    private void next() {
        if (busy || done.future().isComplete()) {
            return;
        }
        if (ended && pending.length() == 0) {
            done.tryComplete();
        } else if (ended || pending.length() >= pieceBytes) {
            hand(ended ? pending.length() : lastLineEnd());
        }
    }

    private void hand(int length) {
        if (length == 0) {
            if (pending.length() > lineBytesMax) {
                done.tryFail(lineTooLong());
            }
            return;
        }
        Buffer piece = pending.getBuffer(0, length);
        pending = pending.getBuffer(length, pending.length());
        busy = true;
        if (!ended) { // what has ended cannot be paused
            bytes.pause();
        }
        sink.apply(piece).onComplete(handed -> {
            busy = false;
            if (!ended) {
                bytes.resume();
            }
            if (handed.failed()) {
                done.tryFail(handed.cause());
            } else {
                next();
            }
        });
    }

    private int lastLineEnd() {
        int end = pending.length();
        while (end > 0 && pending.getByte(end - 1) != '\n') {
            end--;
        }
        return end;
    }

    private ProblemException lineTooLong() {
        return new ProblemException(new Problem.TooLarge(
                lineBytesMax,
                "A line may have %d bytes. Lines before it may have been taken: send all again, with event ids."
                        .formatted(lineBytesMax)));
    }
}
