package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTest {

    /** {@code abc}, with all that a header can hold: something extra, a name, a comment, a checksum. */
    private static final byte[] FULL_HEADER =
            HexFormat.of().parseHex("1f8b081e00000000000303006162636e616d650063006d6e4b4c4a0600c241243503000000");

    /** A source that a test feeds by hand. */
    private static final class Source implements ReadStream<Buffer> {

        private Handler<Buffer> onBytes = _ -> {};
        private Handler<Void> onEnd = _ -> {};
        private boolean flows;

        void give(byte[] bytes) {
            onBytes.handle(Buffer.buffer(bytes));
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
            onBytes = handler == null ? _ -> {} : handler;
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

    private final Source source = new Source();
    private final Gunzip gunzip = new Gunzip(source);
    private final Buffer unzipped = Buffer.buffer();
    private int ends;
    private @Nullable Throwable failure;

    GunzipTest() {
        gunzip.handler(unzipped::appendBuffer);
        gunzip.endHandler(_ -> ends++);
        gunzip.exceptionHandler(cause -> failure = cause);
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void assertWhole(String text) {
        assertThat(failure).isNull();
        assertThat(unzipped.toString()).isEqualTo(text);
        assertThat(ends).isEqualTo(1);
    }

    private void assertMalformed() {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem()).isInstanceOf(Problem.Malformed.class));
        assertThat(ends).isZero();
    }

    @Test
    void unzipsWhatComesAtOnce() {
        String text = "hello ".repeat(50_000);
        gunzip.resume();

        source.give(gzip(text));
        source.end();

        assertWhole(text);
    }

    @Test
    void unzipsWhatComesByteByByte() {
        gunzip.resume();

        for (byte one : gzip("hello")) {
            source.give(new byte[] {one});
        }
        source.end();

        assertWhole("hello");
    }

    @Test
    void unzipsMembersOneAfterTheOther() {
        gunzip.resume();

        source.give(Buffer.buffer(gzip("one"))
                .appendBytes(gzip(""))
                .appendBytes(gzip("two"))
                .getBytes());
        source.end();

        assertWhole("onetwo");
    }

    @Test
    void readsPastAllThatAHeaderCanHold() {
        gunzip.resume();

        source.give(FULL_HEADER);
        source.end();

        assertWhole("abc");
    }

    @Test
    void unzipsNothingWhileItIsPaused() {
        gunzip.resume();
        gunzip.handler(piece -> {
            unzipped.appendBuffer(piece);
            gunzip.pause();
        });

        source.give(gzip("x".repeat(1 << 20)));
        source.end();

        assertThat(unzipped.length()).isEqualTo(64 << 10);
        assertThat(source.flows).isFalse();
        assertThat(ends).isZero();
        for (int i = 0; i < 20; i++) {
            gunzip.resume();
        }
        assertWhole("x".repeat(1 << 20));
    }

    @Test
    void unzipsNothingOnceItsHandlerIsGone() {
        gunzip.resume();
        gunzip.handler(piece -> {
            unzipped.appendBuffer(piece);
            gunzip.handler(null);
        });

        source.give(gzip("x".repeat(1 << 20)));
        source.give(gzip("more"));
        source.end();

        assertThat(unzipped.length()).isEqualTo(64 << 10);
        assertThat(failure).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 11, 15, 20})
    void refusesWhatEndsTooEarly(int length) {
        gunzip.resume();

        source.give(Buffer.buffer(gzip("hello")).getBytes(0, length));
        source.end();

        assertMalformed();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 12, 18, 23})
    void refusesWhatWasChangedOnItsWay(int place) {
        byte[] bytes = gzip("hello");
        bytes[place] ^= (byte) 0xE5;
        gunzip.resume();

        source.give(bytes);
        source.end();

        assertMalformed();
    }

    @Test
    void refusesWhatFollowsAMemberAndIsNone() {
        gunzip.resume();

        source.give(gzip("hello"));
        source.give("more".getBytes(StandardCharsets.UTF_8));
        source.end();

        assertMalformed();
    }

    @Test
    void refusesAHeaderWithoutEnd() {
        gunzip.resume();

        source.give(HexFormat.of().parseHex("1f8b0808000000000003"));
        source.give("n".repeat(100_000).getBytes(StandardCharsets.UTF_8));

        assertMalformed();
    }
}
