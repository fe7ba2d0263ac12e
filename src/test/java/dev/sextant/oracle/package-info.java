/**
 * What queries must answer, worked out with loops over the list of events, after docs/semantics.md and with nothing of the
 * product's: random events and random queries, the {@code Oracle} that answers them, the {@code Judge} that holds an answer
 * against it, and {@code Shrinking}, which makes a query that fails as small as it can be.
 */
package dev.sextant.oracle;
