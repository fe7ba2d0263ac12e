package dev.sextant.engine.druid;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sextant.engine.FieldType;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows out of an answer in the format {@code arrayLines} as its bytes arrive: a JSON array on each line, and an empty
 * line at the end. Where that is missing, Druid failed after it had begun.
 *
 * <p>For one thread.
 */
final class Lines {

    /** Reads tokens; trees and records are read by the house's own mapper. */
    static final JsonFactory FACTORY = new JsonFactory();

    /** A longer line is none of ours. */
    private static final int LINE_BYTES_MAX = 64 << 20;

    private final List<FieldType> types;
    private final Consumer<List<@Nullable Object>> rows;
    private Buffer begun = Buffer.buffer();
    private boolean ended;
    private long bytes;

    Lines(List<FieldType> types, Consumer<List<@Nullable Object>> rows) {
        this.types = types;
        this.rows = rows;
    }

    /** Takes the next bytes. @throws IOException where they are no rows of these types */
    void take(Buffer more) throws IOException {
        bytes += more.length();
        int from = 0;
        for (int i = 0; i < more.length(); i++) {
            if (more.getByte(i) == '\n') {
                line(begun.length() == 0 ? more.slice(from, i) : begun.appendBuffer(more, from, i - from));
                begun = Buffer.buffer();
                from = i + 1;
            }
        }
        begun.appendBuffer(more, from, more.length() - from);
        if (begun.length() > LINE_BYTES_MAX) {
            throw new IOException("A line of Druid's answer does not end");
        }
    }

    private void line(Buffer line) throws IOException {
        if (line.length() == 0) {
            ended = true;
        } else {
            rows.accept(row(line.getBytes()));
        }
    }

    private List<@Nullable Object> row(byte[] line) throws IOException {
        List<@Nullable Object> row = new ArrayList<>(types.size());
        try (JsonParser parser = FACTORY.createParser(line)) {
            boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
            while (isArray && parser.nextToken() != JsonToken.END_ARRAY) {
                if (row.size() == types.size()) {
                    throw new IOException("A statement yields another number of columns than it says");
                }
                row.add(ValueReader.read(parser, types.get(row.size())));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IOException("A column that should hold whole numbers holds none", e);
        }
        if (row.size() != types.size()) {
            throw new IOException("A statement yields another number of columns than it says");
        }
        return row;
    }

    /** Whether all rows have come. */
    boolean isComplete() {
        return ended;
    }

    /** How much has come. */
    long bytes() {
        return bytes;
    }
}
