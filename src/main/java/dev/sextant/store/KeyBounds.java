package dev.sextant.store;

import dev.sextant.kernel.Principal;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks what bounds a caller's key beside what the principal carries, as it stands now. Any thread. */
public final class KeyBounds {

    private static final String BOUNDS = """
            SELECT roles, address_ranges, expires_at,
                   (SELECT rule->>'certificate_sha256'
                    FROM tenant_security settings,
                         jsonb_array_elements(settings.document->'key_rules') WITH ORDINALITY AS rules (rule, place)
                    WHERE settings.tenant_id = api_key.tenant_id AND rule->>'key_id' = api_key.id
                    ORDER BY place LIMIT 1) AS certificate
            FROM api_key WHERE id = $1""";

    /**
     * What bounds a key.
     *
     * @param roles beyond which it may nothing; none for no such limit
     * @param addressRanges from where it may be used; null for anywhere
     * @param expiresAt from when it is refused; null for never
     * @param certificateSha256 of the only client certificate that it works with; null for any, and none
     */
    public record Bounds(
            List<String> roles,
            @Nullable List<String> addressRanges,
            @Nullable Instant expiresAt,
            @Nullable String certificateSha256) {

        /** Of whoever is no key: a user, or the server itself. */
        public static final Bounds NONE = new Bounds(List.of(), null, null, null);

        public Bounds {
            roles = List.copyOf(roles);
            addressRanges = addressRanges == null ? null : List.copyOf(addressRanges);
        }

        /** Whether what is no key of such bounds could be used elsewhere, or by somebody else, than the key itself. */
        public boolean bindsPlaceOrHolder() {
            return addressRanges != null || certificateSha256 != null;
        }
    }

    private final PlatformDb platform;

    public KeyBounds(PlatformDb platform) {
        this.platform = platform;
    }

    /** What bounds the caller's key, of whichever tenant; fails as {@link PlatformDb#inTransaction} does. */
    public Future<Bounds> of(Principal caller) {
        return platform.inTransaction(transaction -> transaction
                .preparedQuery(BOUNDS)
                .execute(Tuple.of(caller.actor()))
                .map(KeyBounds::read));
    }

    private static Bounds read(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Bounds.NONE;
        }
        Row row = rows.iterator().next();
        String[] ranges = row.getArrayOfStrings("address_ranges");
        OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
        return new Bounds(
                List.of(row.getArrayOfStrings("roles")),
                ranges == null ? null : List.of(ranges),
                expiresAt == null ? null : expiresAt.toInstant(),
                row.getString("certificate"));
    }
}
