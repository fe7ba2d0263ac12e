package dev.sextant.query.model;

import dev.sextant.query.expression.Expression;
import java.time.DayOfWeek;
import java.time.ZoneId;

/** What rows are grouped by. */
public sealed interface Dimension {

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

    /** What an expression over fields makes of each event; null is a group too. */
    record Computed(Expression expression, String as) implements Dimension {}

    /**
     * The stretch of numbers that a value falls into, named by its lower edge; null for what is missing, and for what lies
     * below the first of the edges. The name is a {@code LONG} where the value and the bins are whole, else a {@code DOUBLE}.
     */
    record Binned(Expression value, Bins bins, String as) implements Dimension {}
}
