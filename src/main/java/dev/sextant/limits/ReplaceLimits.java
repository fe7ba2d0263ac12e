package dev.sextant.limits;

import org.jspecify.annotations.Nullable;

/**
 * Asks for other limits of a tenant.
 *
 * @param ifMatch the request's {@code If-Match}; null to change them whatever their version
 * @param simulate to change nothing
 */
record ReplaceLimits(
        String tenantId, Limits limits, @Nullable String ifMatch, boolean simulate) {}
