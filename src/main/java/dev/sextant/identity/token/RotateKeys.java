package dev.sextant.identity.token;

/**
 * Asks for a new signing key; it has the shape of the request's body.
 *
 * @param compromised true where the others are not to be believed any more, from now on
 */
record RotateKeys(boolean compromised) {}
