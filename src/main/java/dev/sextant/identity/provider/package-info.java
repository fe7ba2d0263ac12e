/**
 * Identity providers of a tenant: who else may vouch for its users, by OpenID Connect.
 *
 * <p>The way through the room: operations (event loop) ask {@code ProvidersVerticle}, which keeps providers by
 * {@code ProviderStore}. {@code ExternalSignInVerticle} leads a browser to a provider and hears its word: it asks by
 * {@code OpenIdClient}, through {@code BoundedHttp}, which goes only where {@code Reach} allows. {@code Claims} says what the
 * word means here.
 */
package dev.sextant.identity.provider;
