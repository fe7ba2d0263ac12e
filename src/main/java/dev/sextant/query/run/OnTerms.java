package dev.sextant.query.run;

import dev.sextant.query.budget.Quote;
import dev.sextant.query.compile.Explanation;
import org.jspecify.annotations.Nullable;

/**
 * What became of a query that was asked on terms.
 *
 * @param dataset that it is about
 * @param quote of the query as it was run, or would be
 * @param plan what would be read
 * @param explanation null where none was asked for
 * @param answered null where there is no answer
 */
public record OnTerms(
        Fate fate,
        String dataset,
        Quote quote,
        String plan,
        @Nullable Explanation explanation,
        @Nullable Answered answered) {

    /** What became of it. */
    public enum Fate {
        ANSWERED,
        /** It was a dry run. */
        PRICED,
        /** It takes more than the caller will wait for: it is to be asked anew where nobody waits. */
        DEFERRED
    }
}
