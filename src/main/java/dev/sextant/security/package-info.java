/**
 * What tenants want beyond TLS.
 *
 * <p>{@code security.settings} holds what they said, {@code security.message} signs and encrypts by it; {@code SecurityFeature}
 * puts the two together.
 */
package dev.sextant.security;
