package dev.sextant.analytics.saved;

/**
 * {@code saved:} in the configuration file.
 *
 * @param perTenantMax how many a tenant may keep
 */
public record SavedConfig(int perTenantMax) {

    public static final SavedConfig DEFAULT = new SavedConfig(1000);

    public SavedConfig {
        if (perTenantMax < 1) {
            throw new IllegalArgumentException("saved: per_tenant_max must be 1 or more");
        }
    }
}
