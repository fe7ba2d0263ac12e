/**
 * OAuth clients: the programs of a tenant that its users sign in to.
 *
 * <p>The way through the room: operations (event loop) ask {@code ClientsVerticle}, which keeps clients by
 * {@code ClientStore}. Whoever does not know the tenant yet asks {@code FindClient}, or {@code AuthenticateClient} with a
 * secret; a client's id leads to its tenant. {@code RedirectUri} says where answers may go.
 */
package dev.sextant.identity.client;
