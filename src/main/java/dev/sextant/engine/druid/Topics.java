package dev.sextant.engine.druid;

/**
 * The topics of a datasource; each has one partition, so that the datasource is one order.
 *
 * @param intake all that is written, in the order in which it counts
 * @param events the rows that are left without duplicates, which Druid reads, and what was ordered between them
 * @param orders what was ordered that still holds: tables, deletions
 */
record Topics(String intake, String events, String orders) {

    static Topics of(String datasource) {
        return new Topics(datasource + ".intake", datasource + ".events", datasource + ".orders");
    }
}
