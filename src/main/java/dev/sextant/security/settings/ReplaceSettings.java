package dev.sextant.security.settings;

import org.jspecify.annotations.Nullable;

/**
 * Asks for other settings of the caller's tenant.
 *
 * @param ifMatch the request's {@code If-Match}; null to change them whatever their version
 * @param certificate the SHA-256 of the client certificate that the caller's connection shows; empty for none
 */
record ReplaceSettings(SecuritySettings wanted, @Nullable String ifMatch, String certificate) {}
