package dev.sextant.ingest;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks to append events.
 *
 * @param dataset null for the tenant's default dataset
 * @param batchId names the request that they came with ({@code btc_…})
 * @param lines whether {@code bytes} hold one JSON value per line, and not one object or an array of them
 * @param firstIndex which event of its request the first one is
 * @param allOrNothing whether one bad event refuses all
 */
public record AppendEvents(
        @Nullable String dataset, String batchId, boolean lines, Buffer bytes, long firstIndex, boolean allOrNothing) {}
