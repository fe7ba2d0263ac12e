package dev.sextant.query.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.engine.DatasetState;
import dev.sextant.query.model.Subtotals;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedAnswerTest {

    private static final List<@Nullable Object> VALUES = Arrays.asList(
            "Zoë 🦊",
            "",
            9_007_199_254_740_993L,
            1.0,
            -0.0,
            Double.NaN,
            true,
            false,
            Instant.parse("2026-03-01T12:00:00.000001Z"),
            new BigInteger("123456789012345678901234567890"),
            null);

    private static final SharedAnswer ANSWER = new SharedAnswer(
            List.of(VALUES, List.of(1L)),
            List.of(new Subtotals(1, List.of(0, 2), List.of(Arrays.asList(null, 7L)))),
            Arrays.asList(1L, null),
            "next",
            new Effort(1_000_000, 12, 13, 0),
            "digest");

    @Test
    void isReadAsItWasWritten() throws IOException {
        assertThat(SharedReader.read(SharedWriter.write(ANSWER), 1 << 20)).isEqualTo(ANSWER);
    }

    @Test
    void isReadAsItWasWrittenWhereItHasNothing() throws IOException {
        SharedAnswer empty = new SharedAnswer(List.of(), null, null, null, new Effort(0, 0, 0, 0), "");

        assertThat(SharedReader.read(SharedWriter.write(empty), 1 << 20)).isEqualTo(empty);
    }

    @Test
    void noSpoiledByteMakesItAnother() {
        byte[] written = SharedWriter.write(ANSWER);

        for (int i = 0; i < written.length; i++) {
            byte[] spoiled = written.clone();
            spoiled[i] = (byte) (spoiled[i] ^ 0x10);
            assertThat(readable(spoiled).filter(read -> !read.equals(ANSWER)))
                    .as("byte " + i)
                    .isEmpty();
            assertThat(readable(Arrays.copyOf(written, i))).isEmpty();
        }
    }

    private static Optional<SharedAnswer> readable(byte[] bytes) {
        try {
            return Optional.of(SharedReader.read(bytes, 1 << 20));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Test
    void isNotReadWhereItIsTooLarge() {
        byte[] written = SharedWriter.write(ANSWER);

        assertThatThrownBy(() -> SharedReader.read(written, 100)).isInstanceOf(IOException.class);
    }

    @Test
    void knowsTheAnswerThatItIsOf() {
        CachedResult one = result("next");
        CachedResult other = result("another");

        assertThat(SharedAnswer.of(one).is(one)).isTrue();
        assertThat(SharedAnswer.of(one).is(other)).isFalse();
    }

    private static CachedResult result(String cursor) {
        ResultTable table =
                new ResultTable(DatasetState.EMPTY, null, null, List.of(), List.of(), null, null, cursor, true, null);
        return new CachedResult(
                table, ResultWriter.write(table, "scan", List.of()), "scan", "W/\"1\"", new Effort(1, 1, 1, 0));
    }
}
