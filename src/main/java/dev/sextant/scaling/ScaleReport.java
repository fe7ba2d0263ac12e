package dev.sextant.scaling;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a wish to scale.
 *
 * @param operationId absent where it was only planned
 * @param status {@code planned}, or {@code running}: the operation has succeeded once it is in force on every node
 * @param target in force, or to be
 * @param previous what there was before; null for what is usual
 * @param rollback where to POST to have it back; absent where it was only planned
 * @param until when the usual part is back; null for never
 */
record ScaleReport(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String operationId,
        String status,
        Plan plan,
        Target target,
        Target previous,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String rollback,
        @Nullable Instant until) {

    /** What is done, and what it leaves. */
    record Plan(Nodes nodes, List<Step> steps, CapacityCheck capacityCheck) {}

    record Nodes(int from, int to) {}

    /**
     * @param from null for what is usual
     * @param to the same
     */
    record Step(
            String action, @Nullable Integer from, @Nullable Integer to, int etaS) {}

    /** @param headroomPct of the scarcest thing that was asked for, how much is left of it above that */
    record CapacityCheck(boolean ok, int headroomPct) {}
}
