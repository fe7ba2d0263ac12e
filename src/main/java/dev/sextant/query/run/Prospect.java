package dev.sextant.query.run;

import dev.sextant.engine.DatasetState;
import dev.sextant.query.budget.Quote;
import dev.sextant.query.model.Query;

/**
 * What asking a query would come to now.
 *
 * @param resolved the query with its range resolved
 * @param isThere whether the answer is there already
 * @param state of the dataset, as far as it is known
 */
record Prospect(Query resolved, Quote quote, boolean isThere, DatasetState state) {}
