package dev.sextant.query.stream;

import dev.sextant.http.PulledBytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Map;

/**
 * A result on its way.
 *
 * @param dataset that it is of
 * @param headers what is known of it before its first byte, as headers of a response
 * @param units that it costs
 * @param bytes paused; a failure means that what came is not all
 */
public record ResultStream(String dataset, Map<String, String> headers, long units, ReadStream<Buffer> bytes) {

    /** Lets go of what is left, where nobody takes it any more. */
    void close() {
        if (bytes instanceof PulledBytes pulled) {
            pulled.close();
        }
    }
}
