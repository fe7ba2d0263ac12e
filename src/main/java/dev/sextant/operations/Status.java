package dev.sextant.operations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far an operation is. Named on the wire in lower case. */
enum Status {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    boolean isOver() {
        return this != QUEUED && this != RUNNING;
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
