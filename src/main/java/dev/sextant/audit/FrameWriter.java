package dev.sextant.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers and texts compactly, one after the other. Not thread-safe. */
final class FrameWriter {

    private static final int USUAL_BYTES = 320;
    private static final int TEXT_CHARS_MAX = 1000;
    private static final int VARINT_BYTES_MAX = 10;

    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;

    /** Seven bits a byte, the lowest first; a number below 0 takes ten bytes. */
    FrameWriter number(long value) {
        ensure(VARINT_BYTES_MAX);
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
        return this;
    }

    /** Its length in bytes, then UTF-8. What is too long is cut; what no database stores is a question mark. */
    FrameWriter text(String text) {
        String kept = text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX);
        return isPlain(kept) ? plain(kept) : encoded(kept.replace('\0', '?').getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 0 || character > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private FrameWriter plain(String text) {
        number(text.length());
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    private FrameWriter encoded(byte[] utf8) {
        number(utf8.length);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return this;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** Of which the first {@link #length} count. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
