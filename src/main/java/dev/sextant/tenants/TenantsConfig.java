package dev.sextant.tenants;

import java.time.Duration;

/**
 * {@code tenants:} in the configuration file.
 *
 * @param purgeDelay from the deletion of a tenant to that of its data; 0 to 90 days
 */
public record TenantsConfig(Duration purgeDelay) {

    public static final TenantsConfig DEFAULT = new TenantsConfig(Duration.ofHours(24));

    public TenantsConfig {
        if (purgeDelay.isNegative() || purgeDelay.toDays() > 90) {
            throw new IllegalArgumentException("tenants: purgeDelay must be 0 to 90 days");
        }
    }
}
