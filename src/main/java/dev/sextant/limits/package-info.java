/**
 * How much tenants and their keys may use, counted over all nodes.
 *
 * <p>The way through the room: {@code LimitsGuard} stands before all operations. It finds the caller's {@code Account} and its
 * {@code Passage}, and takes a {@code Turn}: one of each {@code Lease} that the call counts against. A lease is this node's
 * part of a {@code Policy}; {@code Leases} gets more of it from Redis, ahead of need, and reports what was spent. Where nothing
 * is left the call is refused, or stands in {@code WaitingLines}. {@code LimitsVerticle} tells and changes limits; {@code
 * Accounts} hears of changes made on any node.
 */
package dev.sextant.limits;
