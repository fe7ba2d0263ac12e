package dev.sextant.query.log;

import java.time.Duration;

/**
 * {@code shapes:} in the configuration file.
 *
 * @param flushEvery how often what was counted is written; so much is lost when a node is killed
 * @param shapesPerTenantMax how many shapes of a day are kept of a tenant; those that read least go first
 * @param daysKept how long they are kept
 */
public record QueryLogConfig(Duration flushEvery, int shapesPerTenantMax, int daysKept) {

    public static final QueryLogConfig DEFAULT = new QueryLogConfig(Duration.ofSeconds(5), 500, 30);

    public QueryLogConfig {
        if (flushEvery.toMillis() < 1 || shapesPerTenantMax < 1 || daysKept < 1) {
            throw new IllegalArgumentException(
                    "shapes: flush_every must be 1ms or more, shapes_per_tenant_max and days_kept 1 or more");
        }
    }
}
