/**
 * Rollups of datasets: declared, told of, and dropped.
 *
 * <p>The way through the room: an operation asks {@code RollupWorker} at {@code RollupAddresses}; the worker reads the
 * declaration, writes it by {@code RollupStore} and has the engine build the groups in the same transaction. Which of them
 * answers a query is decided in {@code query.rollup}.
 */
package dev.sextant.rollups;
