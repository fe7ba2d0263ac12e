/**
 * What an operation is: it takes a {@code Call} ({@code Params}, {@code Body}) and gives a {@code Reply}. Nothing here knows
 * how a request came in or how the answer goes out; {@code Authenticator} is the seam for who calls.
 */
package dev.sextant.http;
