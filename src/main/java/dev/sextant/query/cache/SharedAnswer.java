package dev.sextant.query.cache;

import dev.sextant.query.model.Subtotals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of an answer does not follow from its key; the components are as in {@link ResultTable}.
 *
 * @param digest of the whole answer's JSON, as {@link ResultWriter#digestOf} says it
 */
public record SharedAnswer(
        List<List<@Nullable Object>> rows,
        @Nullable List<Subtotals> subtotals,
        @Nullable List<@Nullable Object> totals,
        @Nullable String nextCursor,
        Effort effort,
        String digest) {

    public static SharedAnswer of(CachedResult result) {
        ResultTable table = result.table();
        return new SharedAnswer(
                table.rows(),
                table.subtotals(),
                table.totals(),
                table.nextCursor(),
                result.effort(),
                ResultWriter.digestOf(result.json()));
    }

    /** Whether this is what the answer was that was shared. */
    public boolean is(CachedResult result) {
        return digest.equals(ResultWriter.digestOf(result.json()));
    }
}
