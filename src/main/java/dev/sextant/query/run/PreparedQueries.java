package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.datasets.Dataset;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.CanonicalQuery;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import io.vertx.core.buffer.Buffer;

/**
 * Reads queries, and remembers how a text was read: dashboards ask the same, byte by byte, again and again. Safe for all
 * threads.
 */
public final class PreparedQueries {

    /** What a query weighs beside its text, in multiples of the text: its records and their texts. */
    private static final int RECORDS_PER_BYTE = 4;

    private record Text(TenantId tenant, String dataset, int version, Buffer bytes) {}

    private final Cache<Text, Query> textToQuery;

    /** Keeps about {@code bytesMax} bytes. */
    public PreparedQueries(long bytesMax) {
        this.textToQuery = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Text text, Query query) -> text.bytes().length() * (1 + RECORDS_PER_BYTE))
                .build();
    }

    /**
     * The query that the text is, in its canonical form, of this dataset as it is declared now. What is refused is not remembered.
     *
     * @param bytes the text; not changed by anybody from here on
     * @param tree the same, parsed
     * @throws dev.sextant.kernel.ProblemException as {@link QueryReader#read} does
     */
    Query prepare(TenantId tenant, Dataset dataset, Buffer bytes, JsonNode tree) {
        return textToQuery.get(
                text(tenant, dataset, bytes),
                _ -> CanonicalQuery.of(QueryReader.read(tree, dataset.name(), dataset.model())));
    }

    /** Whether the text was read before. */
    boolean isKnown(TenantId tenant, Dataset dataset, Buffer bytes) {
        return textToQuery.getIfPresent(text(tenant, dataset, bytes)) != null;
    }

    private static Text text(TenantId tenant, Dataset dataset, Buffer bytes) {
        return new Text(tenant, dataset.name(), dataset.version(), bytes);
    }
}
