package dev.sextant.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.kernel.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The real edits of Wikipedia that the demo brings along, in the order of their times. They are read from the class path
 * line by line, each time anew: for worker threads.
 */
final class WikipediaEdits {

    static final int COUNT = 39_244;

    private static final String RESOURCE = "/wikipedia/wikiticker-2015-09-12-sampled.json.gz";
    private static final String SOURCE = "wikipedia";

    /** What stands before the hour in a line. */
    private static final int HOUR_FROM = "{\"time\":\"2015-09-12T".length();

    private WikipediaEdits() {}

    /** The originals as events, but for the first ones. The same one has the same id always. To be closed. */
    static Stream<byte[]> originals(long skipped) {
        AtomicInteger number = new AtomicInteger();
        return lines().map(line -> new Numbered(number.getAndIncrement(), line))
                .skip(skipped)
                .map(Numbered::event);
    }

    private record Numbered(int number, String line) {

        byte[] event() {
            return bytes(tagged(line, "evt_wikipedia_" + number, SOURCE));
        }
    }

    /** The lines of one hour of the day, 0 to 23: a thousand or two. */
    static List<String> ofHour(int hour) {
        String digits = "%02d:".formatted(hour);
        try (Stream<String> lines = lines()) {
            return lines.filter(line -> line.startsWith(digits, HOUR_FROM)).toList();
        }
    }

    /** The edit of a line, once more, at another time. */
    static byte[] copy(String line, String eventId, String source, Instant time) {
        return bytes(tagged(line, eventId, source).put("time", time.toString()));
    }

    private static ObjectNode tagged(String line, String eventId, String source) {
        try {
            ObjectNode edit = (ObjectNode) Json.tree(line.getBytes(StandardCharsets.UTF_8));
            return edit.put("event_id", eventId).put("source", source);
        } catch (IOException e) {
            throw new UncheckedIOException("An edit of the demo is not JSON", e);
        }
    }

    private static byte[] bytes(ObjectNode event) {
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Stream<String> lines() {
        InputStream packed = WikipediaEdits.class.getResourceAsStream(RESOURCE);
        if (packed == null) {
            throw new IllegalStateException("The demo's edits are not on the class path: " + RESOURCE);
        }
        try {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8));
            return reader.lines().onClose(() -> close(reader));
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's edits cannot be read", e);
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's edits cannot be closed", e);
        }
    }
}
