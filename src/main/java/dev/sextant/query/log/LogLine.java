package dev.sextant.query.log;

import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Query;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Under what a query is counted.
 *
 * @param shape as JSON
 */
public record LogLine(TenantId tenant, String dataset, String shape) {

    /**
     * The one of this query. Costs some microseconds.
     *
     * @param step with which relative ranges move on, in whole seconds
     */
    public static LogLine of(TenantId tenant, Query query, Duration step) {
        byte[] shape = Json.write(ShapeOf.query(query, step));
        return new LogLine(tenant, query.dataset(), new String(shape, StandardCharsets.UTF_8));
    }
}
