/**
 * Which rollups a dataset's queries would gain from.
 *
 * <p>The way through the room: {@code AdviceWorker} takes what the query log has as {@code Demand}s. {@code Need} says of
 * each the smallest rollup that could answer it, as the matcher of {@code query.rollup} sees it; {@code Candidates} adds
 * rollups for several of them; {@code Sizes} has the engine say how many rows they would have; {@code Selection} takes those
 * that save most; {@code Writing} makes the report.
 */
package dev.sextant.rollups.advice;
