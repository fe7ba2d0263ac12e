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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** PostgreSQL before anybody is known: it answers four questions, and its role may ask no other. */
public final class CredentialDb {

    private final StoreLoop loop;
    private final Pool pool;
    private final Duration patience;

    CredentialDb(StoreLoop loop, Pool pool, Duration patience) {
        this.loop = loop;
        this.pool = pool;
        this.patience = patience;
    }

    /** Looks up the key with this prefix; fails with the failures of {@link TenantDb#inTransaction}. */
    public Future<Optional<Credential>> credential(String prefix) {
        return ask("SELECT * FROM credential($1)", prefix, CredentialDb::read);
    }

    /** Looks up the sign-in of this id, with the same failures. */
    public Future<Optional<SignInCredential>> signIn(String id) {
        return ask(
                "SELECT s.*, authority(s.tenant_id, s.roles)::text AS authority FROM sign_in_credential($1) s",
                id,
                CredentialDb::readSignIn);
    }

    /** Looks up the OAuth client of this id, with the same failures. */
    public Future<Optional<ClientCredential>> client(String id) {
        return ask("SELECT * FROM client_credential($1)", id, CredentialDb::readClient);
    }

    private <T> Future<Optional<T>> ask(String sql, String wanted, Function<Row, T> reader) {
        return loop.run(() -> pool.preparedQuery(sql)
                .execute(Tuple.of(wanted))
                .map(rows -> first(rows, reader))
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(PostgresFailure::of));
    }

    /**
     * What some roles of a tenant give, and the policies that name them, as the JSON text that {@code authz.policy.Authority}
     * reads; fails with the failures of {@link TenantDb#inTransaction}.
     */
    public Future<String> authority(TenantId tenant, List<String> roles) {
        return loop.run(() -> pool.preparedQuery("SELECT authority($1, $2)::text AS found")
                .execute(Tuple.of(tenant.value()).addArrayOfString(roles.toArray(String[]::new)))
                .map(rows -> rows.iterator().next().getString("found"))
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(PostgresFailure::of));
    }

    private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> reader) {
        return rows.rowCount() == 0
                ? Optional.empty()
                : Optional.of(reader.apply(rows.iterator().next()));
    }

    private static SignInCredential readSignIn(Row row) {
        return new SignInCredential(
                row.getString("sign_in_id"),
                new TenantId(row.getString("tenant_id")),
                "active".equals(row.getString("tenant_status")),
                row.getString("user_id"),
                "active".equals(row.getString("user_status")),
                row.getString("client_id"),
                Set.of(row.getArrayOfStrings("scopes")),
                List.of(row.getArrayOfStrings("roles")),
                row.getString("authority"),
                row.getOffsetDateTime("expires_at").toInstant(),
                instant(row.getOffsetDateTime("revoked_at")));
    }

    private static ClientCredential readClient(Row row) {
        return new ClientCredential(
                row.getString("client_id"),
                new TenantId(row.getString("tenant_id")),
                "active".equals(row.getString("tenant_status")),
                row.getString("name"),
                List.of(row.getArrayOfStrings("redirect_uris")),
                Set.of(row.getArrayOfStrings("scopes")),
                row.getBuffer("hash"));
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
