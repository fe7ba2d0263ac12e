package dev.sextant.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.EventBatch.Event;
import dev.sextant.ingest.IngestReceipt.EventError;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the events of one piece, and sorts out those that cannot be taken. Not for more than one use. */
final class EventBytes {

    private final EventReader reader;
    private final int eventBytesMax;
    private final List<Event> events = new ArrayList<>();
    private final List<EventError> errors = new ArrayList<>();
    private long index;

    EventBytes(EventReader reader, int eventBytesMax, long firstIndex) {
        this.reader = reader;
        this.eventBytesMax = eventBytesMax;
        this.index = firstIndex;
    }

    List<Event> events() {
        return events;
    }

    List<EventError> errors() {
        return errors;
    }

    /** One object, or an array of them. @throws ProblemException where it is not JSON: then nothing of it is taken */
    EventBytes readJson(byte[] json) {
        try {
            Json.elements(json).forEach(this::take);
            return this;
        } catch (IOException _) {
            throw notJson();
        }
    }

    /** One JSON value per line; empty lines do not count. A line that is not JSON is a rejected event. */
    EventBytes readLines(byte[] lines) {
        int from = 0;
        while (from < lines.length) {
            int to = from;
            while (to < lines.length && lines[to] != '\n') {
                to++;
            }
            readLine(lines, from, to);
            from = to + 1;
        }
        return this;
    }

    private void readLine(byte[] lines, int from, int to) {
        if (isBlank(lines, from, to)) {
            return;
        }
        if (to - from > eventBytesMax) {
            reject(tooLarge());
            return;
        }
        try {
            take(Json.tree(Arrays.copyOfRange(lines, from, to)));
        } catch (IOException _) {
            reject(new RejectedEvent("", "malformed", "The line is not one JSON value in UTF-8."));
        }
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void take(Json.Element element) {
        if (element.bytes() > eventBytesMax) {
            reject(tooLarge());
        } else {
            take(element.value());
        }
    }

    private RejectedEvent tooLarge() {
        return new RejectedEvent("", "too_large", "An event may have %d bytes.".formatted(eventBytesMax));
    }

    private void take(JsonNode json) {
        try {
            events.add(reader.read(json, index));
            index++;
        } catch (RejectedEvent rejected) {
            reject(rejected);
        }
    }

    private void reject(RejectedEvent rejected) {
        errors.add(rejected.at(index));
        index++;
    }

    private static ProblemException notJson() {
        return new ProblemException(new Problem.Malformed(
                "The body is not JSON in UTF-8: send one event as an object, or an array of them."));
    }
}
