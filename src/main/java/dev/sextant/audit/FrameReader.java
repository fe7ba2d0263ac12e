package dev.sextant.audit;

import java.nio.charset.StandardCharsets;

/** Reads what {@link FrameWriter} wrote, in the same order. */
final class FrameReader {

    private final byte[] bytes;
    private int at;

    FrameReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    String text() {
        int length = Math.toIntExact(number());
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }
}
