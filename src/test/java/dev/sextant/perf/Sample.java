package dev.sextant.perf;

/**
 * What one measurement found.
 *
 * @param cpuMicros of this process, for each request: server, engine and garbage collector, not the sender of the load
 */
record Sample(double requestsPerSecond, double p50Millis, double p99Millis, double cpuMicros) {}
