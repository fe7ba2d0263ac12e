/**
 * Questions about what happens: metrics of a moving window, and the query proper.
 *
 * <p>The way through the room: {@code QueryRealtimeOperation} looks for the answer where it stands, on the event loop,
 * and else asks the query room by the bus; {@code Envelope} of that room adds what is true of this request only.
 * {@code GetRealtimeMetricsOperation} asks {@code MetricsWorker}, which plans up to four queries ({@code MetricsPlan}) and
 * shapes their answers ({@code MetricsReport}).
 */
package dev.sextant.analytics.olap;
