/**
 * Sockets: live queries pushed to whoever opened one.
 *
 * <p>The way through the room: {@code StreamOperation} hands the socket to the {@code Hub} of its loop, where it becomes a
 * {@code Session}. {@code Doorkeeper} proves whom it belongs to, now and again every half second; {@code FrameReader} reads
 * what the client wants; each {@code Subscription} takes a seat at a live query. News come to the hub once for the loop, and
 * go from there to the subscriptions, each of which sends them on, or merges them while its client is slow.
 */
package dev.sextant.push;
