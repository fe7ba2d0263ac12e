/**
 * Rollups as they are declared, and which queries they can answer. Pure.
 *
 * <p>The way through the room: {@code RollupReader} reads a {@code Rollup}, whose {@code Parts} are what is kept of each
 * group. {@code RollupChoice} asks {@code RollupMatch} of each rollup whether it can answer a query, and takes the
 * smallest; what it yields is the same query over the rollup's own columns.
 */
package dev.sextant.query.rollup;
