package dev.sextant.query.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sextant.query.budget.Quote;
import dev.sextant.query.compile.Explanation;
import org.jspecify.annotations.Nullable;

/** What a query would take, as callers see it. */
public record Estimate(
        Cost cost,
        String plan,
        long estMs,
        long estRows,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Explanation explain) {

    /** In units. */
    public record Cost(long quoted, long charged, String unit) {}

    /** To ask for the price costs nothing. */
    public static Estimate of(OnTerms priced) {
        Quote quote = priced.quote();
        return new Estimate(
                new Cost(quote.units(), 0, "units"), priced.plan(), quote.millis(), quote.rows(), priced.explanation());
    }
}
