/**
 * Questions about what happens: metrics of a moving window, the values of a field, and the query proper.
 *
 * <p>The way through the room: {@code QueryRealtimeOperation} looks for the answer where it stands, on the event loop,
 * and else leaves the reply to the operations room, which asks the query room by the bus.
 * {@code GetRealtimeMetricsOperation} asks {@code MetricsWorker}, which plans up to four queries ({@code MetricsPlan}) and
 * shapes their answers ({@code MetricsReport}). {@code GetDatasetValuesOperation} asks {@code ValuesWorker}, which needs one
 * query ({@code ValuesPlan}).
 */
package dev.sextant.analytics.olap;
