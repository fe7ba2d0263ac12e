package dev.sextant.audit.log;

import dev.sextant.audit.log.LogStore.State;
import dev.sextant.audit.log.Subtrees.Span;
import dev.sextant.audit.log.TreeNode.Place;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Runs {@link LogCheck} over a stretch of a log, page by page; as much of it as one request may take. */
final class LogChecks {

    private static final int PAGE = 1000;

    /** The latest of them: each one is of all that was before it. */
    static final int HEADS_MAX = 100;

    private final TenantDb db;
    private final TreeHeads heads;
    private final int recordsMax;

    /** @param recordsMax how many one request may look at */
    LogChecks(TenantDb db, TreeHeads heads, int recordsMax) {
        this.db = db;
        this.heads = heads;
        this.recordsMax = recordsMax;
    }

    /**
     * One stretch to check.
     *
     * @param state of the log when the check began
     * @param keys that signed heads, ever
     */
    private record Stretch(TenantId tenant, Span leaves, State state, String keys) {}

    Future<LogReport> check(TenantId tenant, CheckLog wish) {
        return heads.current(tenant)
                .otherwiseEmpty() // a log that cannot be signed has much to tell
                .compose(_ -> heads.keys())
                .compose(keys -> db.inTransaction(tenant, connection -> LogStore.state(connection, tenant))
                        .map(state -> new Stretch(tenant, leaves(wish, state.size()), state, keys)))
                .compose(this::begin);
    }

    private Span leaves(CheckLog wish, long size) {
        long from = Objects.requireNonNullElse(wish.fromIndex(), 0L);
        long to = Math.min(Objects.requireNonNullElse(wish.toIndex(), size), size);
        if (from > to) {
            String detail = "must be %d at most: there is nothing to look at".formatted(to);
            throw new ProblemException(
                    new Problem.InvalidRequest(List.of(Violation.at("/from_index", "out_of_range", detail)), detail));
        }
        return new Span(from, Math.min(to, from + recordsMax));
    }

    private Future<LogReport> begin(Stretch stretch) {
        Span before = new Span(0, stretch.leaves().from());
        return db.inTransaction(
                        stretch.tenant(),
                        connection -> LogStore.hashes(connection, stretch.tenant(), Subtrees.needed(List.of(before)))
                                .compose(known -> LogStore.heads(
                                                connection, stretch.tenant(), stretch.leaves(), HEADS_MAX)
                                        .map(signed -> new LogCheck(
                                                peaks(before, known),
                                                signed,
                                                head -> TreeHeads.read(head, stretch.keys())))))
                .compose(check -> pages(stretch, check))
                .map(check ->
                        check.report(stretch.leaves().from(), stretch.state().size()));
    }

    /** The tree before the stretch, of stored hashes: what is wrong with them shows at the next head. */
    private static Peaks peaks(Span before, Map<Place, Hash> known) {
        Set<Place> places = Subtrees.needed(List.of(before));
        ByteBuffer bytes = ByteBuffer.allocate(Hash.LENGTH * places.size());
        places.forEach(place -> bytes.put(known.getOrDefault(place, Hash.EMPTY).bytes()));
        return Peaks.read(before.to(), bytes.array());
    }

    private Future<LogCheck> pages(Stretch stretch, LogCheck check) {
        if (check.next() >= stretch.leaves().to()) {
            if (check.next() >= stretch.state().size()) {
                check.end(stretch.state());
            }
            return Future.succeededFuture(check);
        }
        Span page = new Span(
                check.next(), Math.min(check.next() + PAGE, stretch.leaves().to()));
        return db.inTransaction(stretch.tenant(), connection -> page(connection, stretch.tenant(), page, check))
                .compose(_ -> pages(stretch, check));
    }

    private static Future<Void> page(SqlConnection connection, TenantId tenant, Span page, LogCheck check) {
        return LogStore.records(connection, tenant, page, PAGE)
                .compose(records -> LogStore.nodesWithin(connection, tenant, page)
                        .map(nodes -> {
                            check.page(page, records, nodes);
                            return null;
                        }));
    }
}
