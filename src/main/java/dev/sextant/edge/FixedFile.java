package dev.sextant.edge;

import dev.sextant.http.EntityTag;
import dev.sextant.http.Reply;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A file that does not change while the server runs: written as it is, or as 304 to those who have it. */
record FixedFile(String type, Buffer bytes, String etag) {

    FixedFile(String type, Buffer bytes) {
        this(type, bytes, "\"" + digest(bytes) + "\"");
    }

    Reply reply(String ifNoneMatch) {
        Map<String, String> headers = Map.of(
                "content-type",
                type.startsWith("text/") ? type + "; charset=utf-8" : type,
                "etag",
                etag,
                "cache-control",
                "no-cache");
        return EntityTag.isKnown(ifNoneMatch, etag)
                ? new Reply.NotModified(Map.of("etag", etag))
                : new Reply.Encoded(200, headers, bytes);
    }

    private static String digest(Buffer bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.getBytes());
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
