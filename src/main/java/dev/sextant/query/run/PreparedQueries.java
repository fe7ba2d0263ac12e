package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.datasets.Dataset;
import dev.sextant.kernel.Bytes;
import dev.sextant.kernel.Sightings;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.CanonicalQuery;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import java.util.Optional;

/**
 * Reads queries, and remembers how a text was read that comes again: dashboards ask the same, byte by byte, over and over.
 * Safe for all threads.
 */
public final class PreparedQueries {

    /** What a query weighs beside its text, in multiples of the text: its records and their texts. */
    private static final int RECORDS_PER_BYTE = 4;

    private record Text(TenantId tenant, String dataset, int version, Bytes bytes) implements Comparable<Text> {

        /** By what the caller chooses: see {@link Bytes}. */
        @Override
        public int compareTo(Text other) {
            return bytes.compareTo(other.bytes);
        }
    }

    private final Sightings sightings = new Sightings();
    private final Cache<Text, Query> textToQuery;

    /** Keeps about {@code bytesMax} bytes. */
    public PreparedQueries(long bytesMax) {
        this.textToQuery = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Text text, Query query) -> text.bytes().length() * (1 + RECORDS_PER_BYTE))
                .build();
    }

    /** What {@link #prepare} would say, where it is remembered. */
    Optional<Query> known(TenantId tenant, Dataset dataset, Bytes bytes) {
        return Optional.ofNullable(
                textToQuery.getIfPresent(new Text(tenant, dataset.name(), dataset.version(), bytes)));
    }

    /**
     * The query that the text is, in its canonical form, of this dataset as it is declared now. What is refused is not remembered.
     *
     * @param tree what the text says
     * @throws dev.sextant.kernel.ProblemException as {@link QueryReader#read} does
     */
    Query prepare(TenantId tenant, Dataset dataset, Bytes bytes, JsonNode tree) {
        Text text = new Text(tenant, dataset.name(), dataset.version(), bytes);
        return sightings.again(text.hashCode()) ? textToQuery.get(text, _ -> read(dataset, tree)) : read(dataset, tree);
    }

    private static Query read(Dataset dataset, JsonNode tree) {
        return CanonicalQuery.of(QueryReader.read(tree, dataset.name(), dataset.model()));
    }
}
