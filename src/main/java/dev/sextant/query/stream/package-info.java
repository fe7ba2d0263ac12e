/**
 * Results that are too large for one JSON text: as lines of JSON, as CSV, as Parquet, with as many rows as there are.
 *
 * <p>The way through the room: {@code StreamWorker} takes an {@code AskStream}; {@code QueryStreams} has the engine open
 * a stream of rows, which {@code EncodedRows} turns into bytes, batch by batch; {@code PulledBytes} gives them to whoever
 * writes them, no faster than they are taken. Who hangs up, ends all of it.
 */
package dev.sextant.query.stream;
