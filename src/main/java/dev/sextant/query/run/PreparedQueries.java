package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.datasets.Dataset;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.log.LogLine;
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

    /**
     * A query as it was read.
     *
     * @param query canonical
     * @param line under which it is counted
     */
    record Prepared(Query query, LogLine line) {}

    private record Text(TenantId tenant, String dataset, int version, Buffer bytes) {}

    private final Cache<Text, Prepared> textToQuery;

    /** Keeps about {@code bytesMax} bytes. */
    public PreparedQueries(long bytesMax) {
        this.textToQuery = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Text text, Prepared _) -> text.bytes().length() * (1 + RECORDS_PER_BYTE))
                .build();
    }

    /**
     * The query that the text is, in its canonical form, of this dataset as it is declared now. What is refused is not remembered.
     *
     * @param bytes the text; not changed by anybody from here on
     * @param tree the same, parsed
     * @throws dev.sextant.kernel.ProblemException as {@link QueryReader#read} does
     */
    Prepared prepare(TenantId tenant, Dataset dataset, Buffer bytes, JsonNode tree) {
        return textToQuery.get(
                new Text(tenant, dataset.name(), dataset.version(), bytes),
                _ -> prepared(tenant, CanonicalQuery.of(QueryReader.read(tree, dataset.name(), dataset.model()))));
    }

    private static Prepared prepared(TenantId tenant, Query query) {
        return new Prepared(query, LogLine.of(tenant, query, TimeRanges.step(query)));
    }
}
