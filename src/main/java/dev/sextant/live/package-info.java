/**
 * Live queries: an answer that is kept up to date, once for all who ask the same.
 *
 * <p>The way through the room: {@code LiveQueryWorker} is asked to {@code Subscribe}; {@code Questions} reads what is
 * meant, and all who mean the same share one {@code Evaluation}. That asks the query again when data came or time went on,
 * {@code LiveState} finds what changed, and each place where somebody is seated is told once ({@code Deliver}).
 *
 * <p>Among several nodes, {@code Owners} says which one evaluates what. The others have a {@code Relay} in the place of the {@code
 * Evaluation}: it follows by fetching what is new ({@code Fetch}), when it hears that something is, and every second.
 *
 * <p>Folding: a snapshot is rows by key, the key being the values of the dimensions. A delta puts rows and takes keys away.
 * Snapshot and deltas folded are the rows that the query would have now, as a set: their order is the reader's business.
 * A row that falls out of the query's limit is taken away. Offsets count deltas, epochs name what they count from.
 */
package dev.sextant.live;
