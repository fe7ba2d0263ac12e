package dev.sextant.analytics.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks in SQL.
 *
 * @param parameters the values of the {@code ?} marks; null for none
 * @param limit how many rows are wanted; null for 1,000
 */
record AskSql(
        String sql,
        @Nullable List<JsonNode> parameters,
        @Nullable Integer limit) {

    static final int LIMIT_BY_DEFAULT = 1_000;

    int rowsMax() {
        return limit == null ? LIMIT_BY_DEFAULT : limit;
    }

    List<JsonNode> values() {
        return parameters == null ? List.of() : parameters;
    }
}
