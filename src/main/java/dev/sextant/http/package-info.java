/**
 * What an operation is: it takes a {@code Call} ({@code Params}, {@code Body}) and gives a {@code Reply}. Nothing here knows
 * how a request came in or how the answer goes out. The {@code Entrance} is what stands before operations: an {@code
 * Authenticator}, the seam for who calls, and {@code Guard}s; the
 * {@code AuditTrail} keeps what came of each call.
 */
package dev.sextant.http;
