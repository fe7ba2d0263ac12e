package dev.sextant.query.stream;

import dev.sextant.engine.RowStream;
import dev.sextant.http.ByteSource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of a stream of rows: head, rows, tail. They are written on the engine's thread, whose time is the tenant's. */
final class EncodedRows implements ByteSource {

    private final RowStream rows;
    private final RowEncoder encoder;
    private boolean hasBegun;
    private boolean hasEnded;

    EncodedRows(RowStream rows, RowEncoder encoder) {
        this.rows = rows;
        this.encoder = encoder;
    }

    @Override
    public Future<Optional<Buffer>> next() {
        if (hasEnded) {
            return Future.succeededFuture(Optional.empty());
        }
        return rows.next().map(batch -> Optional.of(piece(batch)));
    }

    private Buffer piece(List<List<@Nullable Object>> batch) {
        hasEnded = batch.isEmpty();
        Buffer bytes = hasEnded ? encoder.tail() : encoder.rows(batch);
        if (hasBegun) {
            return bytes;
        }
        hasBegun = true;
        return encoder.head().appendBuffer(bytes);
    }

    @Override
    public void close() {
        rows.close();
    }
}
