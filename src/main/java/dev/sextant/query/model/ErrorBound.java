package dev.sextant.query.model;

/**
 * How far off a column may be that is not exact.
 *
 * @param column its name
 * @param value from 0 to 1
 */
public record ErrorBound(String column, Kind kind, double value) {

    /** What the value is a share of; named on the wire in lower case. */
    public enum Kind {
        /** Two of three values are off by no more than this share of themselves, 19 of 20 by no more than twice that. */
        RELATIVE_STANDARD_ERROR,
        /** The value is one whose rank is off by no more than this share of the number of values. */
        RANK
    }
}
