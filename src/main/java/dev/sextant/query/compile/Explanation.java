package dev.sextant.query.compile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a query, for people to read.
 *
 * @param tree the relational tree of each statement
 * @param sql the statements; a {@code ?} stands for each value, which are not told
 * @param rollups those of the dataset, and what became of each; none where they are not told of
 */
public record Explanation(String tree, String sql, List<Candidate> rollups) {

    /**
     * A rollup that might have served.
     *
     * @param whyNot null where it is used
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Candidate(
            String name, boolean used, @Nullable String whyNot) {}

    public Explanation {
        rollups = List.copyOf(rollups);
    }
}
