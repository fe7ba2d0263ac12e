package dev.sextant.audit.log;

import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Erases the personal parts of records, with their salts: the hashes that stay in the log say nothing then. */
final class PersonalParts {

    /** In one request. */
    private static final int ERASED_MAX = 10_000;

    private static final String ERASE = """
            DELETE FROM audit_personal WHERE tenant_id = $1 AND leaf_index IN (
                SELECT p.leaf_index FROM audit_personal p
                JOIN audit_record r ON r.tenant_id = p.tenant_id AND r.leaf_index = p.leaf_index
                WHERE p.tenant_id = $1
                AND ($2::text IS NULL OR r.actor = $2)
                AND ($3::text IS NULL OR p.address = $3)
                AND ($4::bigint IS NULL OR r.at_millis >= $4)
                AND ($5::bigint IS NULL OR r.at_millis < $5)
                ORDER BY p.leaf_index LIMIT $6)""";

    private final PlatformDb db;

    PersonalParts(PlatformDb db) {
        this.db = db;
    }

    Future<ErasedParts> erase(EraseLog wish, Origin origin) {
        if (wish.actor() == null && wish.address() == null) {
            throw refused("", "missing_field", "must name an actor or an address");
        }
        Tuple values = Tuple.of(origin.tenant().value())
                .addString(wish.actor())
                .addString(canonical(wish.address()))
                .addLong(EventFilter.millis(wish.from()))
                .addLong(EventFilter.millis(wish.to()))
                .addInteger(ERASED_MAX);
        return db.inTransaction(
                        origin, transaction -> transaction.preparedQuery(ERASE).execute(values))
                .map(rows -> new ErasedParts(rows.rowCount(), rows.rowCount() == ERASED_MAX));
    }

    /** As records have it. */
    private static @Nullable String canonical(@Nullable String address) {
        return address == null
                ? null
                : ClientAddress.parse(address)
                        .orElseThrow(() -> refused("/address", "invalid", "must be an IPv4 or IPv6 address"))
                        .text();
    }

    private static ProblemException refused(String pointer, String code, String detail) {
        return new ProblemException(
                new Problem.InvalidRequest(List.of(Violation.at(pointer, code, detail)), "The body " + detail + "."));
    }
}
