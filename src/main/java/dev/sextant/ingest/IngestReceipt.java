package dev.sextant.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the events of a request; the accepted ones are on disk.
 *
 * @param dataVersion of the dataset, after the last commit; null where nothing was committed
 * @param durability {@code node} where some of them are on the disk of one node alone, as yet; else null
 * @param dedupeWindow for how long a second event of the same id is known as a duplicate, in ISO 8601
 * @param errors of the rejected ones, in their order; where there are more than the limit, {@code errorsOmitted} says
 *     how many are not described
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IngestReceipt(
        String batchId,
        long accepted,
        long duplicates,
        long rejected,
        @Nullable String dataVersion,
        @Nullable String durability,
        String dedupeWindow,
        List<EventError> errors,
        long errorsOmitted) {

    /**
     * Why an event was rejected.
     *
     * @param index its place in the request, from 0
     * @param pointer where in the event (RFC 6901)
     */
    public record EventError(long index, String pointer, String code, String detail) {}

    public IngestReceipt {
        errors = List.copyOf(errors);
    }

    long events() {
        return accepted + duplicates + rejected;
    }

    /** This one and a later one of the same request, as one; with {@code errorsMax} errors at most. */
    IngestReceipt and(IngestReceipt later, int errorsMax) {
        List<EventError> all = new ArrayList<>(errors);
        all.addAll(later.errors);
        int described = Math.min(all.size(), errorsMax);
        return new IngestReceipt(
                batchId,
                accepted + later.accepted,
                duplicates + later.duplicates,
                rejected + later.rejected,
                later.dataVersion == null ? dataVersion : later.dataVersion,
                later.durability == null ? durability : later.durability,
                later.dedupeWindow,
                all.subList(0, described),
                errorsOmitted + later.errorsOmitted + all.size() - described);
    }
}
