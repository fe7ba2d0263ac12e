/**
 * Benchmarks, run by {@code ./sextant perf NAME}; none is a test.
 *
 * <p>{@code Perf} picks one. {@code EdgeBenchmark} measures what the server costs around a query: {@code Subject} is the
 * real server with data that receives nothing meanwhile, {@code BareRoute} and {@code DirectQuery} are what it is compared
 * with, {@code Wrk} sends the load, and {@code EdgeReport} is what comes out.
 */
package dev.sextant.perf;
