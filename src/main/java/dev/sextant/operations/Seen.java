package dev.sextant.operations;

import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Reach;
import java.time.Instant;

/**
 * Which of a tenant's operations a caller is told of: those that were over no earlier, about datasets that it may touch, made
 * under the same rules for data, or, for those who see all, under any.
 */
record Seen(Instant since, Reach reach, Policy policy) {}
