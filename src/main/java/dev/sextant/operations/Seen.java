package dev.sextant.operations;

import dev.sextant.kernel.Reach;
import java.time.Instant;

/** Which of a tenant's operations a caller is told of: those that were over no earlier, about datasets that it may touch. */
record Seen(Instant since, Reach reach) {}
