package dev.sextant.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sextant.http.ProblemDocument;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * An operation as callers see it.
 *
 * @param progress from 0 to 1; null where it is not known
 * @param queryId null where it is none
 * @param etaMs until its end, as past queries let expect; null where it is over
 * @param problem why it failed; absent where it did not
 */
record OperationReport(
        String id,
        String kind,
        Status status,
        @Nullable Double progress,
        @Nullable Long queuePlace,
        @Nullable Long etaMs,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String queryId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ProblemDocument problem,
        Links links) {

    /** Where to go from here. */
    record Links(String self, @Nullable String result) {}

    private static final String PATH = "/api/v2/operations/";
    private static final String QUERIES = "/api/v2/queries/";

    /** @param origin of who asks: who works for any tenant finds it at that one only */
    static OperationReport of(Stored stored, OptionalDouble progress, Instant now, Origin origin) {
        String self = PATH + stored.id();
        String place = place(origin.principal());
        return new OperationReport(
                stored.id(),
                stored.kind(),
                stored.status(),
                progress(stored, progress),
                stored.queuePlace(),
                etaMillis(stored, now),
                stored.createdAt(),
                stored.startedAt(),
                stored.finishedAt(),
                stored.queryId(),
                stored.problem() == null ? null : ProblemDocument.of(stored.problem(), self, origin.trace()),
                new Links(
                        self + place,
                        stored.queryId() == null ? null : QUERIES + stored.queryId() + "/results" + place));
    }

    private static String place(Principal who) {
        boolean isElsewhere =
                who.scopes().contains("platform:cross_tenant") && !who.tenant().equals(TenantId.PLATFORM);
        return isElsewhere ? "?tenant_id=" + who.tenant().value() : "";
    }

    private static @Nullable Double progress(Stored stored, OptionalDouble told) {
        if (stored.status() == Status.SUCCEEDED) {
            return 1.0;
        }
        if (stored.status() != Status.RUNNING) {
            return null;
        }
        return told.isPresent() ? (Double) told.getAsDouble() : stored.progress();
    }

    private static @Nullable Long etaMillis(Stored stored, Instant now) {
        return switch (stored.status()) {
            case QUEUED -> stored.aheadMillis();
            case RUNNING -> Math.max(0, stored.estMillis() - elapsedMillis(stored, now));
            case SUCCEEDED, FAILED, CANCELLED -> null;
        };
    }

    private static long elapsedMillis(Stored stored, Instant now) {
        return stored.startedAt() == null
                ? 0
                : Duration.between(stored.startedAt(), now).toMillis();
    }
}
