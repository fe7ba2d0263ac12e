package dev.sextant.query.model;

/** The other period that each measure is compared with. */
public sealed interface Compare {

    /** The same stretch of time, so much earlier; days and longer in the calendar of the query's zone. */
    record Offset(Grain offset) implements Compare {}

    /** A period by its own bounds. */
    record Period(TimeRange.Between range) implements Compare {}
}
