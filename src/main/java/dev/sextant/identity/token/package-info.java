/**
 * Access tokens: signed for those who show a key, checked without asking anybody.
 *
 * <p>The way through the room: {@code IssueTokenOperation} (event loop) reads the client's credentials and asks
 * {@code IssueToken}; {@code TokensVerticle} has the key proven and {@code Tokens} sign. {@code SigningKeys} holds the
 * keys in use; {@code SigningKeyStore} keeps them in PostgreSQL, closed by {@code Seal}, the same for all nodes.
 */
package dev.sextant.identity.token;
