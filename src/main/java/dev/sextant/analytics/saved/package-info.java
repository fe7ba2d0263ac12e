/**
 * Queries that are kept by name.
 *
 * <p>The way through the room: the operations ask {@code SavedQueryWorker}, which reads a query against its dataset before
 * it keeps it in PostgreSQL ({@code SavedQueryStore}). {@code RunSavedQueryOperation} binds its {@code Parameters}, puts the caller's changes into what
 * is kept ({@code Overrides}), and leaves the reply to the operations room, as for any other query.
 */
package dev.sextant.analytics.saved;
