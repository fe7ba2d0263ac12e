package dev.sextant.engine;

/**
 * {@code engine.runs:} in the configuration file: how many plans may be with the engine at once, waiting or running.
 * Whatever is beyond is refused at once.
 */
public record RunLimits(int max, int perTenantMax) {

    public static final RunLimits DEFAULT = new RunLimits(1_000, 200);

    public RunLimits {
        if (max < 1 || perTenantMax < 1 || perTenantMax > max) {
            throw new IllegalArgumentException("engine.runs: max must be 1 or more, per_tenant_max 1 to max");
        }
    }
}
