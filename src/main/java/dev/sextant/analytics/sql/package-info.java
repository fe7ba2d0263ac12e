/**
 * Questions in SQL.
 *
 * <p>{@code QuerySqlOperation} asks {@code SqlWorker} by the bus, which asks {@code SqlService} of the query room: there
 * the statement is read against the tenant's own datasets, compiled and run. {@code SqlReport} is the answer as JSON.
 */
package dev.sextant.analytics.sql;
