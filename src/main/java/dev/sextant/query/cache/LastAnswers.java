package dev.sextant.query.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Query;
import java.time.Duration;
import java.util.Optional;

/**
 * What each question came to when it was answered last: for when no engine answers. A relative range is another range a
 * moment later; here its question is still the same. Safe for all threads.
 */
public final class LastAnswers {

    /**
     * What somebody asked, whenever that was.
     *
     * @param asked canonical, with its time range as it was asked for
     * @param modelVersion of the dataset's declaration
     */
    public record Question(TenantId tenant, Query asked, int modelVersion, PolicyFingerprint policy) {}

    /**
     * How much is remembered, and for how long.
     *
     * @param max questions; the least asked are forgotten
     * @param keep how old an answer may be: it may hold what was deleted since
     */
    public record Limits(int max, Duration keep) {

        public static final Limits DEFAULT = new Limits(10_000, Duration.ofHours(1));

        public Limits {
            if (max < 0 || keep.isNegative()) {
                throw new IllegalArgumentException("query.lasts: max and keep must not be negative");
            }
        }
    }

    private final ResultCache cache;
    private final Cache<Question, Query> questionToResolved;

    /**
     * Knows of no question yet.
     *
     * @param cache where the answers are
     */
    public LastAnswers(ResultCache cache, Limits limits) {
        this.cache = cache;
        this.questionToResolved = Caffeine.newBuilder()
                .maximumSize(limits.max())
                .expireAfterWrite(limits.keep())
                .executor(Runnable::run)
                .build();
    }

    /**
     * Notes that the question has an answer in the cache.
     *
     * @param resolved the same query over the range that was answered
     */
    public void answered(Question question, Query resolved) {
        questionToResolved.put(question, resolved);
    }

    /** The last answer, of whatever version of the data; empty where none is left. */
    public Optional<CachedResult> find(Question question) {
        return Optional.ofNullable(questionToResolved.getIfPresent(question))
                .flatMap(resolved -> cache.latest(
                        new ResultKey(question.tenant(), resolved, question.modelVersion(), question.policy(), 0)));
    }
}
