/**
 * Queries are answered.
 *
 * <p>The way through the room: {@code QueryWorker} is asked at {@code QueryAddresses}, and asks {@code QueryService}, as
 * every room does that needs data. It reads the query against the dataset's model, says which time it means
 * ({@code TimeRanges}), looks into the cache, and else compiles, runs and writes the answer, once for all who ask the same;
 * {@code SplitRunner} asks only for the pieces of it that are not there.
 * {@code QueriesOnTerms} stands before it where a caller sets a budget or asks for the price; {@code Envelope} adds what is
 * true of one request only.
 */
package dev.sextant.query.run;
