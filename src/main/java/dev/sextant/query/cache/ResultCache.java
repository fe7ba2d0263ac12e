package dev.sextant.query.cache;

import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.query.model.Query;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers by key, up to a weight, shared among tenants by {@code TenantShares}. Of each question one answer is kept, of the
 * latest version. Safe for all threads.
 */
public final class ResultCache {

    private record Question(Query query, int modelVersion, PolicyFingerprint policy) {
        static Question of(ResultKey key) {
            return new Question(key.query(), key.modelVersion(), key.policy());
        }
    }

    private record Versioned(long version, CachedResult result) {}

    private final TenantShares<Question, Versioned> questionToResult;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** Keeps about {@code bytesMax} bytes of answers. */
    public ResultCache(long bytesMax) {
        this.questionToResult = new TenantShares<>(bytesMax);
    }

    /** What is there now, for somebody who did not ask for it. */
    public Optional<CachedResult> peek(ResultKey key) {
        return questionToResult
                .find(key.tenant(), Question.of(key))
                .filter(there -> there.version() == key.dataVersion())
                .map(Versioned::result);
    }

    /** What is there now of the key's question, of whatever version. */
    Optional<CachedResult> latest(ResultKey key) {
        return questionToResult.find(key.tenant(), Question.of(key)).map(Versioned::result);
    }

    /** What is there now. */
    public Optional<CachedResult> find(ResultKey key) {
        Optional<CachedResult> found = peek(key);
        (found.isPresent() ? hits : misses).increment();
        return found;
    }

    /** Keeps an answer that was made of data of the key's very version. */
    public void put(ResultKey key, CachedResult result) {
        Question question = Question.of(key);
        boolean isOld = questionToResult
                .find(key.tenant(), question)
                .filter(there -> there.version() > key.dataVersion())
                .isPresent();
        if (!isOld) {
            questionToResult.put(key.tenant(), question, new Versioned(key.dataVersion(), result), result.weight());
        }
    }

    public long hits() {
        return hits.sum();
    }

    public long misses() {
        return misses.sum();
    }

    public long evictions() {
        return questionToResult.evictions();
    }

    public long weight() {
        return questionToResult.weight();
    }

    /** The share of lookups that found something, from 0 to 1. */
    public double hitRate() {
        long found = hits();
        long all = found + misses();
        return all == 0 ? 1 : (double) found / all;
    }
}
