package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads cursors: where a page ended, of which query of which tenant, and the range of time it looked at. They
 * are signed, not encrypted: what they hold, their receiver has seen.
 */
public final class Cursors {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 32;
    private static final int LENGTH_MAX = 65_536;

    /**
     * What a cursor holds.
     *
     * @param query the fingerprint of the query
     * @param from and {@code to}: the range, as RFC 3339; null for all time
     * @param version of the data that the first page looked at; all others do, too
     * @param sight what the caller might see, as a fingerprint; null in cursors of before
     * @param keys the sort keys of the last row, as text
     */
    record Content(
            String query,
            @Nullable String from,
            @Nullable String to,
            @Nullable Long version,
            @Nullable String sight,
            List<@Nullable String> keys) {

        TimeRange.@Nullable Between range() {
            return from == null || to == null ? null : new TimeRange.Between(Instant.parse(from), Instant.parse(to));
        }
    }

    private final SecretKeySpec key;

    /** @param key any text of 32 characters at least, the same on all nodes */
    public Cursors(Secret key) {
        if (key.value().length() < 32) {
            throw new IllegalArgumentException("The key of cursors needs 32 characters at least");
        }
        this.key = new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    String write(TenantId tenant, CompiledQuery compiled, List<@Nullable Object> row, long version) {
        List<@Nullable String> keys = new ArrayList<>();
        List<ColumnInfo> columns = QueryCompiler.withTies(compiled.query(), compiled.columns());
        for (SortKey sortKey : SortKey.of(compiled.query().order(), columns)) {
            Object value = row.get(sortKey.column());
            keys.add(value == null ? null : value.toString());
        }
        TimeRange.Between range = compiled.range();
        byte[] content = Json.write(new Content(
                fingerprint(tenant, compiled.query()),
                range == null ? null : range.from().toString(),
                range == null ? null : range.to().toString(),
                version,
                compiled.sight().value(),
                keys));
        byte[] signed = Arrays.copyOf(content, content.length + SIGNATURE_BYTES);
        System.arraycopy(signature(content), 0, signed, content.length, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /** @throws ProblemException {@code INVALID_CURSOR} where the query's cursor is not one of this query and tenant */
    Content read(TenantId tenant, Query query, String cursor) {
        byte[] signed = decoded(cursor);
        if (signed.length < SIGNATURE_BYTES) {
            throw refused();
        }
        byte[] content = Arrays.copyOf(signed, signed.length - SIGNATURE_BYTES);
        byte[] signature = Arrays.copyOfRange(signed, content.length, signed.length);
        if (!MessageDigest.isEqual(signature, signature(content))) {
            throw refused();
        }
        Content read = Json.read(content, Content.class);
        if (!read.query().equals(fingerprint(tenant, query))) {
            throw refused();
        }
        return read;
    }

    private static byte[] decoded(String cursor) {
        if (cursor.length() > LENGTH_MAX) {
            throw refused();
        }
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException _) {
            throw refused();
        }
    }

    static ProblemException refused() {
        return new ProblemException(Unprocessable.at(
                "/cursor",
                Reason.INVALID_CURSOR,
                "The cursor is not one that this query gave; ask again without it, from the first page"));
    }

    /** The keys in the form that {@code FieldType} says. */
    static List<@Nullable Object> values(Content content, List<SortKey> sortKeys, List<ColumnInfo> columns) {
        if (content.keys().size() != sortKeys.size()) {
            throw refused();
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < sortKeys.size(); i++) {
            String text = content.keys().get(i);
            FieldType type = columns.get(sortKeys.get(i).column()).type();
            values.add(text == null ? null : value(text, type));
        }
        return values;
    }

    private static Object value(String text, FieldType type) {
        return switch (type) {
            case STRING, JSON -> text;
            case LONG -> Long.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case TIMESTAMP -> Instant.parse(text);
            case DECIMAL -> new BigInteger(text);
        };
    }

    /** The same for all pages of a query: the size of a page may change on the way. */
    private static String fingerprint(TenantId tenant, Query query) {
        Query anyPage = query.toBuilder()
                .limit(1)
                .cursor(null)
                .totals(true)
                .navigate(false)
                .build();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((tenant.value() + anyPage.toJson()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private byte[] signature(byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
