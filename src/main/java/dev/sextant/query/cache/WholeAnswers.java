package dev.sextant.query.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which answers show all of their groups, by what they look at: others may follow from them. Safe for all threads. */
public final class WholeAnswers {

    private static final int SCOPES_MAX = 10_000;
    private static final int QUERIES_MAX = 8;

    private record Scope(
            TenantId tenant,
            String dataset,
            int modelVersion,
            PolicyFingerprint policy,
            @Nullable Filter filter,
            @Nullable TimeRange range) {

        static Scope of(ResultKey key) {
            Query query = key.query();
            return new Scope(
                    key.tenant(), query.dataset(), key.modelVersion(), key.policy(), query.filter(), query.timeRange());
        }
    }

    private final Cache<Scope, List<Query>> scopeToQueries =
            Caffeine.newBuilder().maximumSize(SCOPES_MAX).build();

    /** Remembers that there is one; of many about the same, the latest. */
    public void add(ResultKey key) {
        scopeToQueries.asMap().compute(Scope.of(key), (_, known) -> with(key.query(), known));
    }

    private static List<Query> with(Query query, @Nullable List<Query> known) {
        List<Query> all = new ArrayList<>();
        all.add(query);
        if (known != null) {
            known.stream()
                    .filter(other -> !other.equals(query))
                    .limit(QUERIES_MAX - 1)
                    .forEach(all::add);
        }
        return List.copyOf(all);
    }

    /** The keys of those that look at what this one looks at, in the same version. */
    public List<ResultKey> beside(ResultKey key) {
        List<Query> queries = scopeToQueries.getIfPresent(Scope.of(key));
        return queries == null
                ? List.of()
                : queries.stream()
                        .map(query ->
                                new ResultKey(key.tenant(), query, key.modelVersion(), key.policy(), key.dataVersion()))
                        .toList();
    }
}
