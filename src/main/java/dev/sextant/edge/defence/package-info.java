/**
 * What keeps a few callers from taking the server from all others.
 *
 * <p>The way of a connection: {@code Doors} is part of the transport of the server's Vertx. Its {@code Gate} sees each
 * connection before anything else does, asks {@code Occupancy} whether there is room, and puts a {@code Door} first into its
 * pipeline. The {@code Patrol} of its event loop looks at each door once a second, and closes it where the caller dribbles.
 * {@code StrictRequestDecoder} and {@code Framing} refuse requests whose length is told in two ways. {@code PacedBody} reads
 * bodies that must keep coming. {@code Bans} refuses addresses that try one credential after the other.
 */
package dev.sextant.edge.defence;
