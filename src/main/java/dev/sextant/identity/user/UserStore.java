package dev.sextant.identity.user;

import java.time.temporal.ChronoUnit;

import java.util.ArrayList;
import dev.sextant.store.Changes;
import io.vertx.core.Future;
import dev.sextant.kernel.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import java.util.Optional;
import dev.sextant.store.PostgresFailure;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import dev.sextant.kernel.TenantId;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;

/** The rows of users, read and written within a transaction of {@code TenantDb}. Each change is recorded. */
final class UserStore {

    private static final String COLUMNS =
            "id, email, name, roles, password, provider, status, version, sessions_from, created_at, updated_at";
    private static final String INSERT = """
            INSERT INTO app_user (id, tenant_id, email, name, roles, password, provider, subject, sessions_from)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING\s""" + COLUMNS;
    private static final String LIST = "SELECT " + COLUMNS + " FROM app_user WHERE ($1::text IS NULL OR id > $1)"
            + " AND ($2::text IS NULL OR email = $2) ORDER BY id LIMIT $3";
    private static final String FIND = "SELECT " + COLUMNS + " FROM app_user WHERE ";
    private static final String UPDATE = """
            UPDATE app_user SET name = $2, roles = $3, status = $4, password = $5, sessions_from = $6,
                version = version + 1, updated_at = now()
            WHERE id = $1 RETURNING\s""" + COLUMNS;
    private static final String ADOPT = "UPDATE app_user SET provider = $2, subject = $3 WHERE id = $1";
    private static final String END_SIGN_INS =
            "UPDATE sign_in SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL";

    /**
     * A user to keep.
     *
     * @param provider and {@code subject}: null where no provider vouches for them
     */
    record NewUser(
            TenantId tenant,
            String email,
            String name,
            List<String> roles,
            @Nullable String phc,
            @Nullable String provider,
            @Nullable String subject) {

        static NewUser withPassword(
                TenantId tenant, String email, String name, List<String> roles, @Nullable String phc) {
            return new NewUser(tenant, email, name, roles, phc, null, null);
        }
    }

    private UserStore() {}

    /**
     * Fails with {@code AlreadyExists} where the address is taken.
     *
     * @param usersMax of the tenant; those made at the very same moment may go above it by their number
     */
    static Future<User> insert(SqlConnection transaction, NewUser user, int usersMax, Instant now) {
        String id = Ids.make("usr");
        Tuple values = Tuple.of(id, user.tenant().value(), user.email(), user.name())
                .addArrayOfString(user.roles().toArray(String[]::new))
                .addValue(user.phc())
                .addValue(user.provider())
                .addValue(user.subject())
                .addOffsetDateTime(now.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC));
        return transaction
                .query("SELECT count(*) FROM app_user")
                .execute()
                .compose(count -> refuseAbove(usersMax, count.iterator().next().getLong(0)))
                .compose(_ -> transaction.preparedQuery(INSERT).execute(values))
                .recover(UserStore::emailTaken)
                .map(rows -> read(rows.iterator().next()).user())
                .compose(made -> recorded(transaction, user.tenant(), id).map(made));
    }

    static Future<List<User>> list(SqlConnection transaction, ListUsers question, int rowsMax) {
        return transaction
                .preparedQuery(LIST)
                .execute(Tuple.of(question.after(), question.email(), rowsMax))
                .map(UserStore::users);
    }

    static Future<Optional<StoredUser>> find(SqlConnection transaction, String id) {
        return first(transaction, "id = $1", Tuple.of(id));
    }

    /** As {@link #find}; nobody else changes it until the transaction ends. */
    static Future<Optional<StoredUser>> hold(SqlConnection transaction, String id) {
        return first(transaction, "id = $1 FOR UPDATE", Tuple.of(id));
    }

    static Future<Optional<StoredUser>> findByEmail(SqlConnection transaction, String email) {
        return first(transaction, "email = $1 FOR UPDATE", Tuple.of(email));
    }

    static Future<Optional<StoredUser>> findBySubject(SqlConnection transaction, String provider, String subject) {
        return first(transaction, "provider = $1 AND subject = $2 FOR UPDATE", Tuple.of(provider, subject));
    }

    /** Writes name, roles, status and password. Those who lost their standing, or got another password, are signed out. */
    static Future<User> update(
            SqlConnection transaction, TenantId tenant, StoredUser changed, boolean signsOut, Instant now) {
        User user = changed.user();
        // Sessions know their beginning to the ms: one that began in this very one is over, too.
        Instant sessionsFrom = signsOut ? now.truncatedTo(ChronoUnit.MILLIS).plusMillis(1) : changed.sessionsFrom();
        Tuple values = Tuple.of(user.id(), user.name())
                .addArrayOfString(user.roles().toArray(String[]::new))
                .addString(user.status().name().toLowerCase(Locale.ROOT))
                .addValue(changed.phc())
                .addOffsetDateTime(sessionsFrom.atOffset(ZoneOffset.UTC));
        return transaction
                .preparedQuery(UPDATE)
                .execute(values)
                .map(rows -> read(rows.iterator().next()).user())
                .compose(written -> (signsOut ? endSignIns(transaction, user.id(), now) : Future.succeededFuture())
                        .compose(_ -> recorded(transaction, tenant, user.id()))
                        .map(written));
    }

    static Future<Void> adopt(SqlConnection transaction, String id, String provider, String subject) {
        return transaction
                .preparedQuery(ADOPT)
                .execute(Tuple.of(id, provider, subject))
                .mapEmpty();
    }

    /** With all that they let others do. */
    static Future<Void> delete(SqlConnection transaction, TenantId tenant, String id) {
        return transaction
                .preparedQuery("DELETE FROM app_user WHERE id = $1")
                .execute(Tuple.of(id))
                .compose(_ -> recorded(transaction, tenant, id));
    }

    private static Future<Void> endSignIns(SqlConnection transaction, String id, Instant now) {
        return transaction
                .preparedQuery(END_SIGN_INS)
                .execute(Tuple.of(id, now.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    private static Future<Void> recorded(SqlConnection transaction, TenantId tenant, String id) {
        return Changes.record(transaction, tenant, "user:" + id);
    }

    private static Future<Void> refuseAbove(int usersMax, long present) {
        return present < usersMax
                ? Future.succeededFuture()
                : ProblemException.failed(new Problem.LimitExceeded(
                        "identity.users.users_max",
                        usersMax,
                        "A tenant may have %d users; delete some.".formatted(usersMax)));
    }

    private static <T> Future<T> emailTaken(Throwable failure) {
        return PostgresFailure.isDuplicate(failure)
                ? ProblemException.failed(new Problem.AlreadyExists("There is a user with this address already."))
                : Future.failedFuture(failure);
    }

    private static Future<Optional<StoredUser>> first(SqlConnection transaction, String condition, Tuple values) {
        return transaction
                .preparedQuery(FIND + condition)
                .execute(values)
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(read(rows.iterator().next())));
    }

    private static List<User> users(RowSet<Row> rows) {
        List<User> users = new ArrayList<>(rows.size());
        rows.forEach(row -> users.add(read(row).user()));
        return users;
    }

    private static StoredUser read(Row row) {
        String phc = row.getString("password");
        User user = new User(
                row.getString("id"),
                row.getString("email"),
                row.getString("name"),
                List.of(row.getArrayOfStrings("roles")),
                User.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("provider"),
                phc != null,
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
        return new StoredUser(
                user, phc, row.getOffsetDateTime("sessions_from").toInstant());
    }
}
