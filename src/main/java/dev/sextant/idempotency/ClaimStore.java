package dev.sextant.idempotency;

import dev.sextant.kernel.Ids;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The table {@code idempotency}. */
final class ClaimStore {

    private static final String FORGET = """
            DELETE FROM idempotency
            WHERE tenant_id = $1 AND actor = $2 AND operation = $3 AND key = $4 AND created_at < $5""";
    private static final String CLAIM = """
            INSERT INTO idempotency (id, tenant_id, actor, operation, key, request, lease_until, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (tenant_id, actor, operation, key) DO NOTHING RETURNING id""";
    private static final String FIND = """
            SELECT id, request, answer, lease_until FROM idempotency
            WHERE tenant_id = $1 AND actor = $2 AND operation = $3 AND key = $4 FOR UPDATE""";
    private static final String LEASE = "UPDATE idempotency SET lease_until = $2 WHERE id = $1 AND answer IS NULL";
    private static final String FINISH = """
            UPDATE idempotency SET request = $2, answer = $3, effect = NULL, lease_until = NULL
            WHERE id = $1 AND answer IS NULL""";

    private final TenantDb db;
    private final IdempotencyConfig config;
    private final InstantSource clock;

    ClaimStore(TenantDb db, IdempotencyConfig config, InstantSource clock) {
        this.db = db;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Claims a key, or tells what stands in the way.
     *
     * @param request SHA-256 of what is asked; null where that is not known yet
     */
    Future<Claim> claim(Asked asked, @Nullable Buffer request) {
        return db.inTransaction(
                asked.tenant(),
                transaction -> forgetOld(transaction, asked)
                        .compose(_ -> insert(transaction, asked, request))
                        .compose(id -> id.isEmpty()
                                ? contested(transaction, asked, request)
                                : Future.succeededFuture(new Claim.Granted(id))));
    }

    private Future<Void> forgetOld(SqlConnection transaction, Asked asked) {
        return transaction
                .preparedQuery(FORGET)
                .execute(names(asked).addOffsetDateTime(utc(clock.instant().minus(config.keep()))))
                .mapEmpty();
    }

    /** The new id; empty where the key is there already. */
    private Future<String> insert(SqlConnection transaction, Asked asked, @Nullable Buffer request) {
        Tuple values = Tuple.of(Ids.make("idm"), asked.tenant().value(), asked.actor(), asked.operation(), asked.key())
                .addBuffer(request)
                .addOffsetDateTime(leaseUntil())
                .addOffsetDateTime(utc(clock.instant()));
        return transaction
                .preparedQuery(CLAIM)
                .execute(values)
                .map(rows -> rows.size() == 0 ? "" : rows.iterator().next().getString("id"));
    }

    private Future<Claim> contested(SqlConnection transaction, Asked asked, @Nullable Buffer request) {
        return transaction
                .preparedQuery(FIND)
                .execute(names(asked))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(new Claim.UnderWay())
                        : contested(transaction, rows.iterator().next(), request));
    }

    private Future<Claim> contested(SqlConnection transaction, Row row, @Nullable Buffer request) {
        Buffer bound = row.getBuffer("request");
        if (request != null && bound != null && !bound.equals(request)) {
            return Future.succeededFuture(new Claim.Taken());
        }
        Buffer answer = row.getBuffer("answer");
        if (answer != null) {
            return Future.succeededFuture(new Claim.Done(row.getString("id"), bound, answer));
        }
        if (row.getOffsetDateTime("lease_until").toInstant().isAfter(clock.instant())) {
            return Future.succeededFuture(new Claim.UnderWay());
        }
        String id = row.getString("id");
        return lease(transaction, id, leaseUntil()).map(new Claim.Granted(id));
    }

    /** Says that this node is still at it. */
    Future<Void> renew(TenantId tenant, String id) {
        return db.inTransaction(tenant, transaction -> lease(transaction, id, leaseUntil()));
    }

    /** Nothing came of it: whoever comes again may go on at once. */
    Future<Void> letGo(TenantId tenant, String id) {
        return db.inTransaction(tenant, transaction -> lease(transaction, id, utc(clock.instant())));
    }

    /** @param answer closed under the id */
    Future<Void> finish(TenantId tenant, String id, Buffer request, Buffer answer) {
        return db.inTransaction(
                tenant,
                transaction -> transaction
                        .preparedQuery(FINISH)
                        .execute(Tuple.of(id, request, answer))
                        .mapEmpty());
    }

    private static Future<Void> lease(SqlConnection transaction, String id, OffsetDateTime until) {
        return transaction.preparedQuery(LEASE).execute(Tuple.of(id, until)).mapEmpty();
    }

    private static Tuple names(Asked asked) {
        return Tuple.of(asked.tenant().value(), asked.actor(), asked.operation(), asked.key());
    }

    private OffsetDateTime leaseUntil() {
        return utc(clock.instant().plus(config.lease()));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
