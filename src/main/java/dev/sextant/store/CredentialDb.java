package dev.sextant.store;

import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** PostgreSQL before anybody is known: it answers one question, and its role may ask no other. */
public final class CredentialDb {

    private final Pool pool;
    private final Duration patience;

    CredentialDb(Pool pool, Duration patience) {
        this.pool = pool;
        this.patience = patience;
    }

    /** Looks up the key with this prefix; fails with the failures of {@link TenantDb#inTransaction}. */
    public Future<Optional<Credential>> credential(String prefix) {
        return pool.preparedQuery("SELECT * FROM credential($1)")
                .execute(Tuple.of(prefix))
                .map(CredentialDb::first)
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(PostgresFailure::of);
    }

    private static Optional<Credential> first(RowSet<Row> rows) {
        return rows.rowCount() == 0
                ? Optional.empty()
                : Optional.of(read(rows.iterator().next()));
    }

    private static Credential read(Row row) {
        return new Credential(
                row.getString("key_id"),
                new TenantId(row.getString("tenant_id")),
                "active".equals(row.getString("tenant_status")),
                new Credential.Text(row.getBuffer("hash"), instant(row.getOffsetDateTime("text_ends_at"))),
                new Credential.Limits(
                        Set.of(row.getArrayOfStrings("scopes")),
                        List.of(row.getArrayOfStrings("roles")),
                        list(row.getArrayOfStrings("datasets")),
                        list(row.getArrayOfStrings("address_ranges"))),
                instant(row.getOffsetDateTime("expires_at")),
                instant(row.getOffsetDateTime("revoked_at")));
    }

    private static @Nullable List<String> list(String @Nullable [] texts) {
        return texts == null ? null : List.of(texts);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
