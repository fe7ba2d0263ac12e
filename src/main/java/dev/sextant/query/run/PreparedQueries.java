package dev.sextant.query.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.datasets.Dataset;
import dev.sextant.kernel.Bytes;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.Sightings;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.log.LogLine;
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

    /**
     * A query as it was read.
     *
     * @param query canonical
     * @param line under which it is counted
     */
    record Prepared(Query query, LogLine line) {}

    private record Text(TenantId tenant, String dataset, int version, PolicyFingerprint sight, Bytes bytes)
            implements Comparable<Text> {

        static Text of(TenantId tenant, Dataset dataset, Bytes bytes) {
            return new Text(
                    tenant, dataset.name(), dataset.version(), dataset.model().fingerprint(), bytes);
        }

        /** By what the caller chooses: see {@link Bytes}. */
        @Override
        public int compareTo(Text other) {
            return bytes.compareTo(other.bytes);
        }
    }

    private final Sightings sightings = new Sightings();
    private final Cache<Text, Prepared> textToQuery;

    /** Keeps about {@code bytesMax} bytes. */
    public PreparedQueries(long bytesMax) {
        this.textToQuery = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Text text, Prepared _) -> text.bytes().length() * (1 + RECORDS_PER_BYTE))
                .executor(Runnable::run)
                .build();
    }

    /** What {@link #prepare} would say, where it is remembered. */
    Optional<Prepared> known(TenantId tenant, Dataset dataset, Bytes bytes) {
        return Optional.ofNullable(textToQuery.getIfPresent(Text.of(tenant, dataset, bytes)));
    }

    /**
     * The query that the text is, in its canonical form, of this dataset as it is declared now. What is refused is not remembered.
     *
     * @param tree what the text says
     * @throws dev.sextant.kernel.ProblemException as {@link QueryReader#read} does
     */
    Prepared prepare(TenantId tenant, Dataset dataset, Bytes bytes, JsonNode tree) {
        Text text = Text.of(tenant, dataset, bytes);
        return sightings.again(text.hashCode())
                ? textToQuery.get(text, _ -> read(tenant, dataset, tree))
                : read(tenant, dataset, tree);
    }

    private static Prepared read(TenantId tenant, Dataset dataset, JsonNode tree) {
        Query query = CanonicalQuery.of(QueryReader.read(tree, dataset.name(), dataset.model()));
        return new Prepared(query, LogLine.of(tenant, query, TimeRanges.step(query)));
    }
}
