package dev.sextant.security.settings;

import org.jspecify.annotations.Nullable;

/**
 * Asks for other settings of the caller's tenant.
 *
 * @param ifMatch the request's {@code If-Match}; null to change them whatever their version
 */
record ReplaceSettings(SecuritySettings wanted, @Nullable String ifMatch) {}
