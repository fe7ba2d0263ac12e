package dev.sextant.query.cache;

import dev.sextant.query.model.Subtotals;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SharedWriter} wrote. One use. */
final class SharedReader {

    private final DataInputStream in;

    private SharedReader(byte[] bytes) {
        this.in = new DataInputStream(new ByteArrayInputStream(bytes));
    }

    /**
     * The answer.
     *
     * @param bytesMax what it may take unzipped
     * @throws IOException or an unchecked exception where it was not written so
     */
    static SharedAnswer read(byte[] zipped, int bytesMax) throws IOException {
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            byte[] bytes = unzipped.readNBytes(bytesMax);
            if (unzipped.read() >= 0) { // also the checksum is looked at only here
                throw new IOException("The answer is too large");
            }
            return new SharedReader(bytes).answer();
        }
    }

    private SharedAnswer answer() throws IOException {
        String digest = text(value());
        Effort effort = new Effort((long) there(value()), (long) there(value()), (long) there(value()), 0);
        Object cursor = value();
        Object totals = value();
        Object subtotals = value();
        return new SharedAnswer(
                rows(value()),
                subtotals == null
                        ? null
                        : list(subtotals).stream().map(SharedReader::level).toList(),
                totals == null ? null : list(totals),
                cursor == null ? null : text(cursor),
                effort,
                digest);
    }

    private static Subtotals level(@Nullable Object written) {
        List<@Nullable Object> level = list(written);
        List<Integer> columns = list(level.get(1)).stream()
                .map(place -> Math.toIntExact((long) there(place)))
                .toList();
        return new Subtotals(Math.toIntExact((long) there(level.get(0))), columns, rows(level.get(2)));
    }

    private static List<List<@Nullable Object>> rows(@Nullable Object value) {
        return list(value).stream().map(SharedReader::list).toList();
    }

    @SuppressWarnings("unchecked") // Every list that is read holds values, or null.
    private static List<@Nullable Object> list(@Nullable Object value) {
        return (List<@Nullable Object>) there(value);
    }

    private static String text(@Nullable Object value) {
        return (String) there(value);
    }

    private static Object there(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("A value is missing");
        }
        return value;
    }

    private @Nullable Object value() throws IOException {
        return switch (in.readUnsignedByte()) {
            case SharedWriter.NULL -> null;
            case SharedWriter.TEXT -> new String(bytes(), StandardCharsets.UTF_8);
            case SharedWriter.LONG -> in.readLong();
            case SharedWriter.DOUBLE -> in.readDouble();
            case SharedWriter.TRUE -> true;
            case SharedWriter.FALSE -> false;
            case SharedWriter.INSTANT -> Instant.ofEpochSecond(in.readLong(), in.readInt());
            case SharedWriter.WHOLE -> new BigInteger(bytes());
            case SharedWriter.LIST -> values(in.readInt());
            default -> throw new IOException("There is no such kind of value");
        };
    }

    private List<@Nullable Object> values(int size) throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(value());
        }
        return Collections.unmodifiableList(values);
    }

    private byte[] bytes() throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The answer ends too early");
        }
        return bytes;
    }
}
