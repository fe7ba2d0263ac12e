package dev.sextant.limits;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a tenant's limits.
 *
 * @param plan by name
 * @param own {@link Limits#NONE} where it never had any
 * @param version 0 where it never had any
 * @param updatedAt null where it never had any
 */
record Kept(String plan, Limits own, int version, @Nullable Instant updatedAt) {

    LimitsConfig.Plan of(LimitsConfig.Plans plans) {
        return switch (plan) {
            case "free" -> plans.free();
            case "enterprise" -> plans.enterprise();
            case "platform" -> plans.platform();
            default -> plans.standard();
        };
    }
}
