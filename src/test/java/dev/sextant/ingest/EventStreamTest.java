package dev.sextant.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final IngestConfig CONFIG = new IngestConfig(1, 1024, 1024, 2048, Duration.ofSeconds(1), 10);

    /** Bytes that a test gives by hand. */
    private static final class Bytes implements ReadStream<Buffer> {

        private @Nullable Handler<Buffer> onBytes;
        private Handler<Void> onEnd = _ -> {};
        private boolean flows;

        void give(String text) {
            if (onBytes != null) {
                onBytes.handle(Buffer.buffer(text));
            }
        }

        void end() {
            onEnd.handle(null);
        }

        @Override
        public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
            return this;
        }

        @Override
        public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
            onBytes = handler;
            return this;
        }

        @Override
        public ReadStream<Buffer> pause() {
            flows = false;
            return this;
        }

        @Override
        public ReadStream<Buffer> resume() {
            flows = true;
            return this;
        }

        @Override
        public ReadStream<Buffer> fetch(long amount) {
            return this;
        }

        @Override
        public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
            onEnd = handler == null ? _ -> {} : handler;
            return this;
        }
    }

    private final Bytes bytes = new Bytes();
    private final List<String> pieces = new ArrayList<>();
    private Promise<Void> taking = Promise.promise();
    private final Future<Void> drained = new EventStream(bytes, CONFIG, this::take).drain();

    private Future<Void> take(Buffer piece) {
        pieces.add(piece.toString());
        taking = Promise.promise();
        return taking.future();
    }

    @Test
    void handsOnWholeLinesOnceThereAreEnough() {
        String line = "x".repeat(599) + "\n";

        bytes.give(line);
        assertThat(pieces).isEmpty();
        bytes.give(line + "rest");

        assertThat(pieces).containsExactly(line + line);
        assertThat(bytes.flows).isFalse();
    }

    @Test
    void handsOnOnePieceAtATime() {
        String line = "x".repeat(1099) + "\n";
        bytes.give(line);
        bytes.give(line);
        assertThat(pieces).hasSize(1);

        taking.complete();

        assertThat(pieces).hasSize(2);
        assertThat(drained.isComplete()).isFalse();
    }

    @Test
    void handsOnTheLastLineThoughItDoesNotEnd() {
        bytes.give("a\nb");
        bytes.end();

        assertThat(pieces).containsExactly("a\nb");
        taking.complete();
        assertThat(drained.succeeded()).isTrue();
    }

    @Test
    void isDoneAtOnceWhereThereIsNothing() {
        bytes.end();

        assertThat(drained.succeeded()).isTrue();
        assertThat(pieces).isEmpty();
    }

    @Test
    void failsWithThePieceThatFailed() {
        bytes.give("a\n");
        bytes.end();

        taking.fail("full");

        assertThat(drained.cause()).hasMessage("full");
        assertThat(bytes.onBytes).isNull();
    }

    @Test
    void refusesALineThatIsTooLong() {
        bytes.give("x".repeat(1500));
        assertThat(drained.isComplete()).isFalse();
        bytes.give("x".repeat(1500));

        assertThat(drained.cause())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem()).isInstanceOf(Problem.TooLarge.class));
        assertThat(bytes.onBytes).isNull();
    }
}
