package dev.sextant.analytics.saved;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import java.util.List;
import java.util.Map;

/** What a caller changes of a saved query for one run. Pure. */
final class Overrides {

    private static final String FILTER = "filter";

    /** Where the caller's filter stands beside the saved one. */
    private static final String FURTHER = "/filter/and/1";

    private Overrides() {}

    /** Whether both have a filter. */
    static boolean joinsFilters(JsonNode changes, JsonNode saved) {
        return !isNone(changes.path(FILTER)) && !isNone(saved.path(FILTER));
    }

    /** The saved query with its members replaced by those given; a filter has to be met beside the one that is there. */
    static JsonNode put(JsonNode changes, JsonNode saved) {
        ObjectNode query = saved.deepCopy();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            boolean isFilter = change.getKey().equals(FILTER);
            query.set(change.getKey(), isFilter ? both(query.path(FILTER), change.getValue()) : change.getValue());
        }
        return query;
    }

    private static JsonNode both(JsonNode saved, JsonNode further) {
        if (isNone(saved)) {
            return further;
        }
        if (isNone(further)) {
            return saved;
        }
        ObjectNode both = ((ObjectNode) saved).objectNode();
        ArrayNode all = both.putArray("and");
        all.add(saved).add(further);
        return both;
    }

    /** The failure of a run, with its pointers at what the caller sent: the caller's filter stands in another there. */
    static Throwable told(Throwable failure) {
        if (!(failure instanceof ProblemException known) || !(known.problem() instanceof Unprocessable refused)) {
            return failure;
        }
        List<Violation> told = refused.errors().stream()
                .map(error -> error.pointer() != null && error.pointer().startsWith(FURTHER)
                        ? Violation.at(
                                "/" + FILTER + error.pointer().substring(FURTHER.length()),
                                error.code(),
                                error.detail())
                        : error)
                .toList();
        return new ProblemException(new Unprocessable(refused.reason(), told, refused.detail()));
    }

    private static boolean isNone(JsonNode filter) {
        return filter.isMissingNode() || filter.isNull();
    }
}
