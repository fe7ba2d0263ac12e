/**
 * What is remembered of the queries of each dataset: how they are made and what they took, never a value of theirs.
 *
 * <p>The way through the room: a query's {@code QueryShape} is made by {@code ShapeOf}, and counted under its
 * {@code LogLine} in {@code QueryLog}, in memory. {@code QueryLogWorker} adds what was counted to the table of all nodes
 * now and then ({@code QueryLogStore}); {@code LoggedQueries} reads it back. {@code StandIn} makes a query of a shape again,
 * for those who ask what could answer it. What a node has counted since it last wrote is lost when it is killed.
 */
package dev.sextant.query.log;
