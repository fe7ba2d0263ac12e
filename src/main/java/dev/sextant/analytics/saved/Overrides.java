package dev.sextant.analytics.saved;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What a caller changes of a saved query for one run. Pure. */
final class Overrides {

    private static final String FILTER = "filter";

    /** Where the saved filter stands in a run's query, where the caller has one, too. */
    static final String SAVED_FILTER = "/filter/and/0";

    /** Where the caller's stands then. */
    static final String FURTHER_FILTER = "/filter/and/1";

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

    private static boolean isNone(JsonNode filter) {
        return filter.isMissingNode() || filter.isNull();
    }
}
