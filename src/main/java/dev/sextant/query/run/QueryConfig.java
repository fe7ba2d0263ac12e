package dev.sextant.query.run;

import dev.sextant.query.cache.LastAnswers;
import dev.sextant.query.cache.SharedConfig;
import java.time.Duration;

/**
 * {@code query:} in the configuration file.
 *
 * @param workers threads that read and compile queries
 * @param patience how long the engine may take for one query
 * @param cacheBytesMax what answers may take in memory
 * @param pieces what is kept of parts of answers
 * @param admission how many queries may be under way
 * @param shared what is kept of answers for all nodes
 * @param lasts what is kept for when the engine is away
 * @param preparedBytesMax what remembered texts of queries may take in memory
 * @param shapesMax how many compiled shapes of queries are kept
 */
public record QueryConfig(
        int workers,
        Duration patience,
        long cacheBytesMax,
        PieceConfig pieces,
        Admission.Limits admission,
        SharedConfig shared,
        LastAnswers.Limits lasts,
        long preparedBytesMax,
        int shapesMax) {

    public static final QueryConfig DEFAULT = new QueryConfig(
            2,
            Duration.ofSeconds(10),
            64L << 20,
            PieceConfig.DEFAULT,
            new Admission.Limits(1_000, 200),
            SharedConfig.DEFAULT,
            LastAnswers.Limits.DEFAULT,
            16L << 20,
            10_000);

    public QueryConfig {
        if (workers < 1 || patience.toMillis() < 1 || cacheBytesMax < 0 || preparedBytesMax < 0 || shapesMax < 1) {
            throw new IllegalArgumentException(
                    "query: workers and shapes_max must be 1 or more, patience 1ms or more, cache_bytes_max and prepared_bytes_max 0 or more");
        }
    }
}
