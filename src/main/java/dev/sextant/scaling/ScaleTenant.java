package dev.sextant.scaling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks for another part of the platform for a tenant.
 *
 * @param ttl after which the usual part is back; null for never
 * @param dryRun to plan only
 */
record ScaleTenant(String tenantId, Target target, @Nullable Duration ttl, boolean dryRun, String reason) {}
