package dev.sextant.scaling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a tenant's part.
 *
 * @param operationId that brought it
 * @param before what there was before
 * @param until when the usual part is back; null for never
 */
record Scaled(
        Target target,
        int version,
        String operationId,
        Target before,
        @Nullable Instant until,
        String reason,
        Instant updatedAt) {

    boolean isOver(Instant now) {
        return until != null && !now.isBefore(until);
    }

    /** What is in force now. */
    Target inForce(Instant now) {
        return isOver(now) ? Target.USUAL : target;
    }
}
