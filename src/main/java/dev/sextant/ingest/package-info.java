/**
 * Events come in.
 *
 * <p>The way through the room: {@code IngestEventsOperation} takes the body, a piece of bounded size at a time, and asks
 * {@code IngestWorker} to append each; the worker reads the piece with {@code EventReader} against the dataset's model
 * and hands an {@code EventBatch} to the engine. Once that is on disk the worker announces {@code EventsAccepted}, and
 * the operation answers with an {@code IngestReceipt}.
 */
package dev.sextant.ingest;
