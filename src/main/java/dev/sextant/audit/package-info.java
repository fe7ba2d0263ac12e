/**
 * What happens is put on record: each call of an operation once, before its answer has left.
 *
 * <p>The way through the room: the edge hands an entry to {@code JournaledTrail}, which writes it ({@code EntryCodec}) into the
 * journal of the node, or counts it where nobody is known ({@code Counts}). {@code ShipWorker} takes the journal further: one
 * {@code Shipment} is one transaction that moves the journal's place, appends to the tenants' logs, and adds to the meter.
 * {@code MadeChanges} makes records of changes whose node died before it could answer.
 */
package dev.sextant.audit;
