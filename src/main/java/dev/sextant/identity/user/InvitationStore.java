package dev.sextant.identity.user;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.Future;
import dev.sextant.kernel.Ids;
import java.time.Instant;
import java.util.List;
import java.time.OffsetDateTime;
import dev.sextant.identity.secret.OpaqueSecret;
import java.util.Optional;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;

/** The rows of invitations, read and written within a transaction of {@code TenantDb}. */
final class InvitationStore {

    private static final String COUNT_OPEN =
            "SELECT count(*) FROM invitation WHERE accepted_at IS NULL AND expires_at > $1";
    private static final String INSERT = """
            INSERT INTO invitation (id, tenant_id, email, roles, hash, invited_by, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING created_at""";
    private static final String TAKE = """
            UPDATE invitation SET accepted_at = $2 WHERE hash = $1 AND accepted_at IS NULL AND expires_at > $2
            RETURNING email, roles""";

    /** An invitation to keep. */
    record NewInvitation(InviteUser wish, OpaqueSecret token, String invitedBy, Instant expiresAt) {}

    /** Who was invited, and to what. */
    record Taken(String email, List<String> roles) {
        Taken {
            roles = List.copyOf(roles);
        }
    }

    private InvitationStore() {}

    /** @param openMax at once; those made at the very same moment may go above it by their number */
    static Future<Invitation> insert(SqlConnection transaction, NewInvitation made, int openMax, Instant now) {
        String id = Ids.make("inv");
        InviteUser wish = made.wish();
        Tuple values = Tuple.of(id, made.token().tenant().value(), wish.email())
                .addArrayOfString(wish.roles().toArray(String[]::new))
                .addBuffer(Buffer.buffer(made.token().hash()))
                .addString(made.invitedBy())
                .addOffsetDateTime(utc(made.expiresAt()));
        return transaction
                .preparedQuery(COUNT_OPEN)
                .execute(Tuple.of(utc(now)))
                .compose(count -> refuseAbove(openMax, count.iterator().next().getLong(0)))
                .compose(_ -> transaction.preparedQuery(INSERT).execute(values))
                .map(rows -> new Invitation(
                        id,
                        made.token().value(),
                        wish.email(),
                        wish.roles(),
                        rows.iterator().next().getOffsetDateTime(0).toInstant(),
                        made.expiresAt()));
    }

    /** Uses it up; empty where it was used, is over, or never was. */
    static Future<Optional<Taken>> take(SqlConnection transaction, OpaqueSecret token, Instant now) {
        return transaction
                .preparedQuery(TAKE)
                .execute(Tuple.of(Buffer.buffer(token.hash()), utc(now)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(read(rows.iterator().next())));
    }

    private static Taken read(Row row) {
        return new Taken(row.getString("email"), List.of(row.getArrayOfStrings("roles")));
    }

    private static Future<Void> refuseAbove(int openMax, long open) {
        return open < openMax
                ? Future.succeededFuture()
                : ProblemException.failed(new Problem.LimitExceeded(
                        "identity.users.invitations_max",
                        openMax,
                        "A tenant may have %d invitations open; wait for some to end.".formatted(openMax)));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
