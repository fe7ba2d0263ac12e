package dev.sextant.datasets;

/**
 * {@code datasets:} in the configuration file.
 *
 * @param perTenantMax how many datasets a tenant may have
 * @param workers threads that read models
 * @param rememberedTenantsMax the tenants whose datasets a node remembers
 */
public record DatasetsConfig(int perTenantMax, int workers, int rememberedTenantsMax) {

    public static final DatasetsConfig DEFAULT = new DatasetsConfig(100, 2, 10_000);

    public DatasetsConfig {
        if (perTenantMax < 1 || perTenantMax > 1000 || workers < 1 || rememberedTenantsMax < 1) {
            throw new IllegalArgumentException("datasets: per_tenant_max must be 1 to 1000, all else 1 or more");
        }
    }
}
