package dev.sextant.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Where bytes come from, a piece at a time. */
public interface ByteSource {

    /** The next piece; empty after the last. One call at a time. Completes on any thread. */
    Future<Optional<Buffer>> next();

    /** Lets go of what is left; called once at least, whatever happened. Does not block. */
    void close();
}
