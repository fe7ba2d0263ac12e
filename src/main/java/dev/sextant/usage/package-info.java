/**
 * What tenants use.
 *
 * <p>The way through the room: {@code UsageMeter} adds records of the audit up by the hour, operation and caller, in the
 * transaction that puts them into the log; {@code UsageVerticle} answers for a period from these sums ({@code UsageStore}), with
 * a {@code Forecast} of its end, and with the log's own count beside them.
 */
package dev.sextant.usage;
