package dev.sextant.security.message;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;

/** Digests of content as it is sent. Pure. Source: RFC 9530, sections 2 and 5. */
final class ContentDigest {

    private static final Map<String, String> NAME_TO_ALGORITHM = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    private ContentDigest() {}

    /** The {@code Content-Digest} of these bytes, by SHA-256. */
    static String of(byte[] content) {
        return Dictionary.valueOf(Map.of("sha-256", ByteSequenceItem.valueOf(digest("SHA-256", content))))
                .serialize();
    }

    /** Whether each digest of the header that we can check is that of these bytes, and there is one. */
    static boolean holds(List<String> header, byte[] content) {
        try {
            boolean isAny = false;
            for (Map.Entry<String, ListElement<?>> entry :
                    new Parser(header).parseDictionary().get().entrySet()) {
                String algorithm = NAME_TO_ALGORITHM.get(entry.getKey());
                if (algorithm != null) {
                    isAny = true;
                    if (!(entry.getValue() instanceof ByteSequenceItem claimed)
                            || !MessageDigest.isEqual(bytes(claimed.get()), digest(algorithm, content))) {
                        return false;
                    }
                }
            }
            return isAny;
        } catch (ParseException _) {
            return false;
        }
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }
}
