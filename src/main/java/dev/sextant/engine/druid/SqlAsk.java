package dev.sextant.engine.druid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.engine.FieldType;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement, ready to be sent.
 *
 * @param priority among queries that wait in Druid, 0 for those without
 */
record SqlAsk(String sql, List<@Nullable Object> values, List<FieldType> types, int priority) {

    /** What all requests have in common. */
    record Terms(String lane, int subqueryRowsMax) {}

    /** The body of a request to {@code /druid/v2/sql}. */
    Buffer body(String id, Duration patience, Terms terms) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("query", sql);
        body.put("resultFormat", "arrayLines");
        Bindings.write(values, body.putArray("parameters"));
        ObjectNode context = body.putObject("context");
        context.put("sqlQueryId", id);
        context.put("timeout", Math.max(1, patience.toMillis()));
        context.put("useApproximateCountDistinct", false);
        context.put("useApproximateTopN", false);
        context.put("sqlStringifyArrays", false);
        context.put("enableJoinLeftTableScanDirect", true); // else Druid can neither stop nor time it
        context.put("maxSubqueryRows", terms.subqueryRowsMax);
        context.put("priority", priority);
        if (!terms.lane.isEmpty()) {
            context.put("lane", terms.lane);
        }
        return Buffer.buffer(body.toString());
    }
}
