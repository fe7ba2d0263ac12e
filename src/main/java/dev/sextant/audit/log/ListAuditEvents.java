package dev.sextant.audit.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the tenant's records, the latest first; each condition is null where there is none.
 *
 * @param below only records before this one of the log
 * @param from not before it
 * @param to before it
 */
record ListAuditEvents(
        int limit,
        @Nullable Long below,
        @Nullable String operation,
        @Nullable String actor,
        @Nullable String resource,
        @Nullable String requestId,
        @Nullable Long status,
        @Nullable Instant from,
        @Nullable Instant to) {}
