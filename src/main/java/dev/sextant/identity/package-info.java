/**
 * Who calls: turns the credential of each request into a principal.
 *
 * <p>The way through the room: {@code KeyAuthenticator} (on the event loop of each request) looks for the credential's
 * {@code Fingerprint} in a {@code TenantCache}; what is not there is proven by the rooms {@code identity.key} and
 * {@code identity.token}, and kept while its {@code TenantGates} hold. Every change that the store's feed tells closes
 * the gate of its tenant. {@code IdentityFeature} puts the rooms together.
 */
package dev.sextant.identity;
