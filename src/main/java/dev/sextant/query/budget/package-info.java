/**
 * What a query may cost, and what it does cost.
 *
 * <p>The way through the room: {@code Terms} are read from a query's body: they say how it is to be run, and are no part of
 * what it asks. {@code CostRule} says how much work a query is, {@code Speed} how long such work takes here, and both
 * together make a {@code Quote}. {@code Sketches} makes a cheaper query of a dear one, and says how far off that may be.
 */
package dev.sextant.query.budget;
