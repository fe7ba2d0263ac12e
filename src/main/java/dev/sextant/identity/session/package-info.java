/**
 * Signing in by a browser: the pages on which users prove who they are and decide what a client may do for them.
 *
 * <p>The way through the room: each operation (event loop) has its request checked by {@code Visits}, which finds the client
 * and the browser's session; {@code AuthorizationRules} says whether the request is good, and where a refusal goes. Pages are
 * written by {@code Pages}. A browser is known by a cookie ({@code SessionCookie}): a visitor's that is kept nowhere, then,
 * from sign-in on, that of a session in {@code BrowserSessions}. {@code CsrfTokens} binds each form to that cookie.
 */
package dev.sextant.identity.session;
