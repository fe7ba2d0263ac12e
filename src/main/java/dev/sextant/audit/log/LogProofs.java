package dev.sextant.audit.log;

import dev.sextant.audit.log.Subtrees.Span;
import dev.sextant.audit.log.TreeNode.Place;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes proofs from stored hashes: some log2(n) of them, however large the log. */
final class LogProofs {

    private final TenantDb db;

    LogProofs(TenantDb db) {
        this.db = db;
    }

    Future<InclusionProof> inclusion(TenantId tenant, ProveInclusion wish) {
        return withSize(tenant, wish.treeSize(), "tree_size", (connection, size) -> {
            requireAtMost(
                    "leaf_index", wish.leafIndex(), size - 1, "the last leaf of that tree is %d".formatted(size - 1));
            List<Span> path = Subtrees.inclusion(wish.leafIndex(), size);
            Span leaf = new Span(wish.leafIndex(), wish.leafIndex() + 1);
            Span all = new Span(0, size);
            return hashes(connection, tenant, path, List.of(leaf, all))
                    .map(hash -> new InclusionProof(
                            wish.leafIndex(), size, hash.apply(leaf), hash.apply(all), told(path, hash)));
        });
    }

    Future<ConsistencyProof> consistency(TenantId tenant, ProveConsistency wish) {
        return withSize(tenant, wish.to(), "to", (connection, size) -> {
            requireAtMost("from", wish.from(), size, "the later tree has %d leaves".formatted(size));
            List<Span> path = Subtrees.consistency(wish.from(), size);
            Span before = new Span(0, wish.from());
            Span after = new Span(0, size);
            return hashes(connection, tenant, path, List.of(before, after))
                    .map(hash -> new ConsistencyProof(
                            wish.from(), size, hash.apply(before), hash.apply(after), told(path, hash)));
        });
    }

    private interface Work<T> {
        Future<T> of(SqlConnection connection, long size);
    }

    private <T> Future<T> withSize(TenantId tenant, @Nullable Long wanted, String parameter, Work<T> work) {
        return db.inTransaction(
                tenant,
                connection -> LogStore.state(connection, tenant).compose(state -> {
                    if (wanted != null) {
                        requireAtMost(
                                parameter, wanted, state.size(), "the log has %d records".formatted(state.size()));
                    }
                    return work.of(connection, wanted == null ? state.size() : wanted);
                }));
    }

    private static Future<Function<Span, String>> hashes(
            SqlConnection connection, TenantId tenant, List<Span> path, List<Span> others) {
        List<Span> spans = new ArrayList<>(path);
        spans.addAll(others);
        return LogStore.hashes(connection, tenant, Subtrees.needed(spans)).map(known -> span -> told(span, known));
    }

    private static String told(Span span, Map<Place, Hash> known) {
        try {
            return Subtrees.hash(span, known).hex();
        } catch (IllegalStateException _) {
            throw new ProblemException(new Problem.Unavailable(
                    "audit", "Hashes of the audit log are missing; POST /api/v2/audit/verify says which."));
        }
    }

    private static List<String> told(List<Span> path, Function<Span, String> hash) {
        return path.stream().map(hash).toList();
    }

    private static void requireAtMost(String parameter, long value, long max, String why) {
        if (value > max) {
            String detail = "must be %d at most: %s".formatted(max, why);
            throw new ProblemException(
                    new Problem.InvalidRequest(List.of(Violation.of(parameter, "out_of_range", detail)), detail));
        }
    }
}
