package dev.sextant.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What came of an operation. One that failed is no outcome: it is that failure.
 *
 * @param question its body
 * @param result null where it is not over
 */
record Outcome(
        OperationReport report, JsonNode question, @Nullable Result result) {

    /**
     * What was answered.
     *
     * @param json the whole answer, as it was when it was made
     */
    record Result(Buffer json, String etag) {}
}
