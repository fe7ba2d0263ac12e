package dev.sextant.audit.log;

import dev.sextant.audit.log.LogStore.State;
import dev.sextant.audit.log.Subtrees.Span;
import dev.sextant.identity.token.Statements;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Signs what logs are: each size once. For worker threads; any of them. */
final class TreeHeads {

    private static final int PER_RUN_MAX = 500;
    private static final int KEYS_MAX = 100;

    /** How long a node may sign with a key that another one has retired, and how much their clocks may differ. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final PlatformDb db;
    private final Statements statements;
    private final InstantSource clock;

    TreeHeads(PlatformDb db, Statements statements, InstantSource clock) {
        this.db = db;
        this.statements = statements;
        this.clock = clock;
    }

    /** The head of the log as it is now, signed now where it was not yet. */
    Future<SignedHead> current(TenantId tenant) {
        return db.inTransaction(transaction -> current(transaction, tenant));
    }

    private Future<SignedHead> current(SqlConnection transaction, TenantId tenant) {
        return LogStore.state(transaction, tenant)
                .compose(state -> LogStore.heads(
                                transaction, tenant, new Span(state.size() - 1, state.size()), KEYS_MAX)
                        .compose(heads -> heads.stream()
                                .flatMap(head -> read(head.signed(), statements.keys()).stream())
                                .findFirst()
                                .map(read -> Future.succeededFuture(read.head()))
                                .orElseGet(() -> {
                                    SignedHead made = sign(tenant, state);
                                    return LogStore.insertHead(transaction, made, Statements.keyId(made.signed()))
                                            .map(made);
                                })));
    }

    /** Signs the heads of logs that have grown, many at a time; the others are for the next run. */
    Future<Void> signGrown() {
        return db.inTransaction(transaction -> LogStore.grown(transaction, PER_RUN_MAX))
                .compose(this::signAll);
    }

    private Future<Void> signAll(List<TenantId> tenants) {
        Future<Void> signed = Future.succeededFuture();
        for (TenantId tenant : tenants) {
            signed = signed.eventually(() -> current(tenant));
        }
        return signed;
    }

    private SignedHead sign(TenantId tenant, State state) {
        Hash root = peaks(state).root();
        Instant at = clock.instant();
        SignedHead.Statement statement = new SignedHead.Statement(tenant.value(), state.size(), root.hex(), at);
        return new SignedHead(
                tenant.value(), state.size(), root.hex(), at, statements.sign(SignedHead.TYPE, Json.write(statement)));
    }

    private static Peaks peaks(State state) {
        try {
            return Peaks.read(state.size(), state.peaks());
        } catch (IllegalArgumentException _) {
            throw new ProblemException(new Problem.Unavailable(
                    "audit", "The audit log was changed from outside; POST /api/v2/audit/verify says where."));
        }
    }

    /** What was stated; empty where it was not signed by one of these keys, or after that key had ended. */
    static Optional<ReadHead> read(String signed, String keys) {
        return Statements.read(SignedHead.TYPE, signed, keys).flatMap(stated -> {
            try {
                SignedHead.Statement said = Json.read(stated.statement(), SignedHead.Statement.class);
                Instant end = stated.retiredAt();
                SignedHead head = new SignedHead(said.tenantId(), said.treeSize(), said.rootHash(), said.at(), signed);
                return end == null || said.at().isBefore(end.plus(GRACE))
                        ? Optional.of(new ReadHead(head, stated.keyId(), stated.withdrawnAt()))
                        : Optional.empty();
            } catch (UncheckedIOException _) {
                return Optional.empty();
            }
        });
    }

    /** The public keys that heads are checked with: also those that sign no more. */
    Future<String> keys() {
        return statements.keysEver();
    }
}
