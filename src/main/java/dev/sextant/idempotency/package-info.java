/**
 * Requests that come with an {@code Idempotency-Key} are executed once, however often they come.
 *
 * <p>The way through the room: {@code IdempotencyGuard} stands before the operations. It claims the key in {@code ClaimStore},
 * before anything happens, and has the operation run under that claim; the store's {@code once} does the transaction that has the
 * effect once for each claim, also where the node dies in it. What was answered is kept, closed, and given to whoever comes
 * again.
 */
package dev.sextant.idempotency;
