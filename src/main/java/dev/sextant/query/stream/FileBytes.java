package dev.sextant.query.stream;

import dev.sextant.engine.RowFiles.RowFile;
import dev.sextant.http.ByteSource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** The bytes of a file, which is deleted when they are not wanted any more. */
record FileBytes(RowFile file) implements ByteSource {

    @Override
    public Future<Optional<Buffer>> next() {
        return file.read().map(bytes -> Optional.of(bytes).filter(piece -> piece.length() > 0));
    }

    @Override
    public void close() {
        file.close();
    }
}
