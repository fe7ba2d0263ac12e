package dev.sextant.query.model;

import java.time.DayOfWeek;
import java.time.ZoneId;

/** What rows are grouped by. */
public sealed interface Dimension {

    String field();

    /** The name of its column. */
    String as();

    /** A field's own value; null is a group too. */
    record Plain(String field, String as) implements Dimension {}

    /**
     * The stretch of time that the field's instant falls into, named by the UTC instant of its start.
     *
     * @param zone {@code ZoneOffset.UTC} where it is UTC by whatever name
     * @param weekStart Monday for all grains but weeks
     */
    record TimeBucket(String field, Grain grain, ZoneId zone, DayOfWeek weekStart, String as) implements Dimension {}
}
