package dev.sextant.engine.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.engine.FieldType;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinesTest {

    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private Lines lines(FieldType... types) {
        return new Lines(List.of(types), rows::add);
    }

    private List<@Nullable Object> one(FieldType type, String value) throws IOException {
        lines(type).take(Buffer.buffer("[" + value + "]\n"));
        return rows.getLast();
    }

    private static List<@Nullable Object> list(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void readsRowsWhereverTheBytesAreCut() throws IOException {
        byte[] whole = "[1,\"żółw\\n\"]\n[2,null]\n\n".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= whole.length; cut++) {
            rows.clear();
            Lines lines = lines(FieldType.LONG, FieldType.STRING);

            lines.take(Buffer.buffer(Arrays.copyOfRange(whole, 0, cut)));
            lines.take(Buffer.buffer(Arrays.copyOfRange(whole, cut, whole.length)));

            assertThat(rows).containsExactly(list(1L, "żółw\n"), list(2L, null));
            assertThat(lines.isComplete()).isTrue();
        }
    }

    @Test
    void isNotCompleteWithoutItsEmptyLine() throws IOException {
        Lines lines = lines(FieldType.LONG);

        lines.take(Buffer.buffer("[1]\n[2]\n"));

        assertThat(lines.isComplete()).isFalse();
    }

    @Test
    void givesEachValueTheFormOfItsType() throws IOException {
        assertThat(one(FieldType.BOOLEAN, "1")).containsExactly(true);
        assertThat(one(FieldType.BOOLEAN, "false")).containsExactly(false);
        assertThat(one(FieldType.LONG, "9223372036854775807")).containsExactly(Long.MAX_VALUE);
        assertThat(one(FieldType.DECIMAL, "18446744073709551614"))
                .containsExactly(new BigInteger("18446744073709551614"));
        assertThat(one(FieldType.DECIMAL, "\"-7\"")).containsExactly(BigInteger.valueOf(-7));
        assertThat(one(FieldType.TIMESTAMP, "-1")).containsExactly(Instant.parse("1969-12-31T23:59:59.999999Z"));
        assertThat(one(FieldType.DOUBLE, "3")).containsExactly(3.0);
        assertThat(one(FieldType.DOUBLE, "\"NaN\"")).isEqualTo(list((Object) null));
        assertThat(one(FieldType.DOUBLE, "1e999")).isEqualTo(list((Object) null));
        assertThat(one(FieldType.JSON, "\"{\\\"a\\\":1}\"")).containsExactly("{\"a\":1}");
        assertThat(one(FieldType.JSON, "{\"a\":[1]}")).containsExactly("{\"a\":[1]}");
    }

    @Test
    void failsWhereAWholeNumberIsNone() {
        assertThatThrownBy(() -> one(FieldType.LONG, "1.5")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> one(FieldType.LONG, "9223372036854775808")).isInstanceOf(IOException.class);
    }

    @Test
    void failsWhereThereAreMoreColumnsOrFewer() {
        assertThatThrownBy(() -> one(FieldType.LONG, "1,2")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> one(FieldType.LONG, "")).isInstanceOf(IOException.class);
    }
}
