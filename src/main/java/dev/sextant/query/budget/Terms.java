package dev.sextant.query.budget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a query is to be run. Queries that ask the same on other terms share an answer.
 *
 * @param dryRun whether only the price is asked for
 * @param explain whether the caller wants to see what is made of the query
 * @param budget null where there is none
 */
public record Terms(
        boolean dryRun, boolean explain, @Nullable Budget budget) {

    private static final String DRY_RUN = "dry_run";
    private static final String EXPLAIN = "explain";
    private static final String BUDGET = "budget";
    private static final Set<String> MEMBERS = Set.of(DRY_RUN, EXPLAIN, BUDGET);

    /** Whether a body, which keeps to the contract, sets any. */
    public static boolean areIn(JsonNode body) {
        return body.path(DRY_RUN).asBoolean() || body.path(EXPLAIN).asBoolean() || body.hasNonNull(BUDGET);
    }

    public static Terms of(JsonNode body) {
        return new Terms(
                body.path(DRY_RUN).asBoolean(),
                body.path(EXPLAIN).asBoolean(),
                body.hasNonNull(BUDGET) ? Budget.of(body.get(BUDGET)) : null);
    }

    /** The same for one who does not wait for the answer. */
    public Terms patient() {
        return new Terms(dryRun, explain, budget == null ? null : budget.patient());
    }

    /** The body without its terms: what is asked. */
    public static JsonNode strippedFrom(JsonNode body) {
        return body instanceof ObjectNode object ? object.deepCopy().without(MEMBERS) : body;
    }
}
