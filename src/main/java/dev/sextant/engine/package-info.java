/**
 * The seam between Sextant and what stores events and answers SQL.
 *
 * <p>{@code OlapEngine} is all that the house knows of an engine. A {@code Table} is defined once, an {@code EventBatch}
 * is appended and yields {@code Appended}, a {@code Plan} is run and yields an {@code Answer} of one snapshot, or a
 * {@code RowStream} where its rows are too many for memory. Whoever asks may keep a {@code RunHandle}, to stop the work.
 */
package dev.sextant.engine;
