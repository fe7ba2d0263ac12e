package dev.sextant.kernel;

import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.Problem.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Where a list goes on: after the item {@code id}. It is opaque to callers, and no secret: what a caller may see is
 * decided when the list is read.
 */
public record Cursor(String id) {

    private static final int TEXT_LENGTH_MAX = 200;

    /** Base64url of a CRC-32 and the id. */
    public String text() {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        byte[] checked = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(checksum(bytes))
                .put(bytes)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(checked);
    }

    /** Reads {@link #text}. @throws ProblemException where {@code text} is no cursor that we gave */
    public static Cursor parse(String text) {
        if (text.length() > TEXT_LENGTH_MAX) {
            throw refused();
        }
        ByteBuffer checked = ByteBuffer.wrap(decoded(text));
        if (checked.remaining() <= Integer.BYTES) {
            throw refused();
        }
        int checksum = checked.getInt();
        byte[] bytes = new byte[checked.remaining()];
        checked.get(bytes);
        if (checksum != checksum(bytes)) {
            throw refused();
        }
        return new Cursor(new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw refused();
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** For a list whose cursors say more than that they are ours. */
    public static ProblemException refused() {
        String detail = "Use next_cursor of an earlier answer as it came, or none to begin anew.";
        return new ProblemException(new Problem.Unprocessable(
                Reason.INVALID_CURSOR, List.of(Violation.of("cursor", "invalid_cursor", detail)), detail));
    }
}
