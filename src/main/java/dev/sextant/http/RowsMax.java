package dev.sextant.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.kernel.Bytes;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * How many rows an answer may have at most. It is written into what is asked, as its {@code limit}, so that whatever is
 * remembered of a question is of so many rows, and of no other number. Pure.
 */
public record RowsMax(long rows) {

    /** Of whoever may have any number. */
    public static final RowsMax NONE = new RowsMax(Long.MAX_VALUE);

    private static final String LIMIT = "limit";
    private static final String CODE = "limit_exceeded";

    /**
     * The body with a limit that it may have: its own, or else {@code otherwise}, or what may be had where that is less.
     *
     * @param body an object; it is not changed
     * @param otherwise how many rows it asks for without a limit of its own
     * @throws ProblemException {@code LimitExceeded} where its own is larger than may be
     */
    public JsonNode bound(JsonNode body, long otherwise) {
        JsonNode own = body.path(LIMIT);
        if (own.canConvertToLong() && own.longValue() > rows) {
            throw refused(Violation.at("/" + LIMIT, CODE, detail()));
        }
        return cut(body, otherwise);
    }

    /** The same of a body as it came. */
    public Body.Json bound(Body.Json body, long otherwise) {
        JsonNode bound = bound(body.tree(), otherwise);
        return isWithin(body.tree(), otherwise)
                ? body
                : new Body.Json(bound, Bytes.of(bound.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** As {@link #bound}, where the body is not the caller's to change: a larger limit of its own is brought down. */
    public JsonNode cut(JsonNode body, long otherwise) {
        if (isWithin(body, otherwise)) {
            return body;
        }
        ObjectNode cut = JsonNodeFactory.instance.objectNode();
        cut.setAll((ObjectNode) body);
        return cut.put(LIMIT, rows);
    }

    /**
     * What brings all rows where it has no limit of its own: it is not cut, since it does not say that there are others.
     *
     * @throws ProblemException {@code LimitExceeded} where it asks for more than may be
     */
    public JsonNode whole(JsonNode body, long otherwise) {
        if (isWithin(body, otherwise)) {
            return body;
        }
        throw refused(Violation.at("/" + LIMIT, CODE, detail()));
    }

    /** {@link #bound} of the parameter {@code limit}. */
    public long bound(Params params, long otherwise) {
        Optional<Long> own = params.find(LIMIT, Long.class);
        if (own.isPresent() && own.get() > rows) {
            throw refused(Violation.of(LIMIT, CODE, detail()));
        }
        return Math.min(rows, own.orElse(otherwise));
    }

    private boolean isWithin(JsonNode body, long otherwise) {
        JsonNode own = body.path(LIMIT);
        return (own.canConvertToLong() ? own.longValue() : otherwise) <= rows;
    }

    private ProblemException refused(Violation error) {
        return new ProblemException(new Problem.LimitExceeded("max_rows", rows, List.of(error), detail()));
    }

    private String detail() {
        return "An answer may have %d rows here: set 'limit' to that or less.".formatted(rows);
    }
}
