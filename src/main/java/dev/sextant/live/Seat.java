package dev.sextant.live;

/**
 * Who is subscribed. Everyone at one place is told by one message.
 *
 * @param place answers at {@link LiveAddresses#delivery}
 * @param number tells the subscriptions of a place apart
 */
public record Seat(String place, long number) {}
