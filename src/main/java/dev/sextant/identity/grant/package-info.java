/**
 * Sign-ins: that a user lets a client act for them. One begins as a code, good once and for a minute; then it is a family of
 * refresh tokens, each good once. A code or a refresh token that comes a second time was stolen from somebody: the sign-in
 * ends, with all that came of it.
 *
 * <p>The way through the room: other rooms ask {@code GrantsVerticle}, which keeps sign-ins by {@code GrantStore}.
 * {@code SignInProver} finds the sign-in that an access token came of.
 */
package dev.sextant.identity.grant;
