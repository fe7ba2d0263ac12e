package dev.sextant.query.model;

/**
 * Keeps the values of one dimension for which a measure is largest, and gathers all others in one group, whose key is
 * null.
 *
 * @param dimension the name of its column
 * @param by the name of the measure's column
 * @param limit how many are kept
 * @param as the name of the column that is true for the group of all others, and for no other row
 */
public record Others(String dimension, String by, int limit, String as) {}
