/**
 * The event bus, with types.
 *
 * <p>One asks by {@code Bus} at an {@code Address} and gets an answer or a problem, or announces at a {@code Topic}. A
 * {@code Parcel} carries the record, by reference or as JSON; {@code OriginHeaders} carry who asks, in which trace, and
 * how long they wait.
 */
package dev.sextant.bus;
