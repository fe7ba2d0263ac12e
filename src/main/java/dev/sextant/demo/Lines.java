package dev.sextant.demo;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Events in the making of a body of NDJSON. For one thread. */
final class Lines {

    private final Buffer buffer = Buffer.buffer();

    static Buffer of(List<byte[]> events) {
        Lines lines = new Lines();
        events.forEach(lines::add);
        return lines.buffer();
    }

    void add(byte[] event) {
        buffer.appendBytes(event).appendByte((byte) '\n');
    }

    int length() {
        return buffer.length();
    }

    Buffer buffer() {
        return buffer;
    }
}
