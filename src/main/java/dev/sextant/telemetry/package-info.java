/**
 * What the server measures of itself.
 *
 * <p>{@code Telemetry} holds the one registry and writes it for Prometheus; {@code RequestMeter} times the requests of
 * one operation. Nothing here names a tenant or a caller.
 */
package dev.sextant.telemetry;
