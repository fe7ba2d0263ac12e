package dev.sextant.query.cache;

import io.vertx.core.buffer.Buffer;

/**
 * An answer, ready to be sent.
 *
 * @param json the result as a JSON object without its last brace: an envelope goes in before that
 * @param plan that made it; it stands in the JSON, too
 * @param etag weak, of the key
 * @param effort that whoever asked first has caused
 */
public record CachedResult(ResultTable table, Buffer json, String plan, String etag, Effort effort) {

    /** What a value of a row weighs beside its bytes in JSON, roughly. */
    private static final int VALUE_BYTES = 32;

    int weight() {
        return json.length() + table.rows().size() * table.columns().size() * VALUE_BYTES;
    }
}
