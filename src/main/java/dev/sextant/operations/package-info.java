/**
 * Queries that nobody waits for.
 *
 * <p>The way through the room: {@code QueryReplies} answers a body at once, or, where the caller prefers it or the budget
 * says so, asks {@code OperationWorker} to keep it. The worker checks and prices it, writes it to PostgreSQL
 * ({@code OperationStore}), and hands it to {@code OperationRunner}, which runs a bounded number at a time. What a node
 * leaves behind when it dies, another one, or its successor, takes over when the lease has run out ({@code Leases}).
 */
package dev.sextant.operations;
