/**
 * Datasets: what a tenant keeps, and what it means.
 *
 * <p>The way through the room: an operation asks {@code DatasetWorker} at {@code DatasetAddresses}; the worker reads the
 * model, writes the row by {@code DatasetStore} and defines the engine's table in the same transaction. Other rooms look
 * datasets up in {@code DatasetCatalog}, which remembers them until a change is told.
 */
package dev.sextant.datasets;
