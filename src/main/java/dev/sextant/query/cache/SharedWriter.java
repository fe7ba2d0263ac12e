package dev.sextant.query.cache;

import dev.sextant.query.model.Subtotals;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes a shared answer, zipped: each value with its kind before it, so that it is read back as the very same. One use. */
final class SharedWriter {

    /** Part of the key: whoever changes what is written counts it up. */
    static final int FORMAT = 2;

    /** What stands before a value, and says what it is. */
    static final char NULL = '-';

    static final char TEXT = 't';
    static final char LONG = 'l';
    static final char DOUBLE = 'd';
    static final char TRUE = 'y';
    static final char FALSE = 'n';
    static final char INSTANT = 'i';
    static final char WHOLE = 'w';
    static final char LIST = '[';

    private final DataOutputStream out;

    private SharedWriter(DataOutputStream out) {
        this.out = out;
    }

    static byte[] write(SharedAnswer answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            new SharedWriter(out).answer(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private void answer(SharedAnswer answer) throws IOException {
        value(answer.digest());
        value(answer.effort().rows());
        value(answer.effort().units());
        value(answer.effort().unitsQuoted());
        value(answer.nextCursor());
        value(answer.totals());
        value(
                answer.subtotals() == null
                        ? null
                        : answer.subtotals().stream().map(SharedWriter::level).toList());
        value(answer.rows());
    }

    private static List<Object> level(Subtotals level) {
        List<Long> columns = level.columns().stream().map(Integer::longValue).toList();
        return List.of((long) level.keys(), columns, level.rows());
    }

    private void value(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> kind(NULL);
            case String text -> bytes(TEXT, text.getBytes(StandardCharsets.UTF_8));
            case Long number -> {
                kind(LONG);
                out.writeLong(number);
            }
            case Double number -> {
                kind(DOUBLE);
                out.writeDouble(number);
            }
            case Boolean truth -> kind(truth ? TRUE : FALSE);
            case Instant instant -> {
                kind(INSTANT);
                out.writeLong(instant.getEpochSecond());
                out.writeInt(instant.getNano());
            }
            case BigInteger number -> bytes(WHOLE, number.toByteArray());
            case List<?> list -> {
                kind(LIST);
                out.writeInt(list.size());
                for (Object element : list) {
                    value(element);
                }
            }
            default -> throw new IllegalStateException("No column holds a " + value.getClass());
        }
    }

    private void bytes(char kind, byte[] bytes) throws IOException {
        kind(kind);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private void kind(char kind) throws IOException {
        out.writeByte(kind);
    }
}
