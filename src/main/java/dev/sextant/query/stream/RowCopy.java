package dev.sextant.query.stream;

import dev.sextant.engine.RowFiles.RowFile;
import dev.sextant.engine.RowStream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings all rows of a stream into a file, batch by batch. */
final class RowCopy {

    private final RowStream rows;
    private final RowFile file;
    private final Promise<Long> size = Promise.promise();

    private RowCopy(RowStream rows, RowFile file) {
        this.rows = rows;
        this.file = file;
    }

    /** The size of the file when all is in it. Lets go of the rows, and of the file where it fails. */
    static Future<Long> run(RowStream rows, RowFile file) {
        RowCopy copy = new RowCopy(rows, file);
        copy.step();
        return copy.size.future().onComplete(_ -> rows.close()).onFailure(_ -> file.close());
    }

    private void step() {
        rows.next().onSuccess(this::take).onFailure(size::fail);
    }

    private void take(List<List<@Nullable Object>> batch) {
        if (batch.isEmpty()) {
            file.finish().onComplete(size);
        } else {
            file.append(batch).onSuccess(_ -> step()).onFailure(size::fail);
        }
    }
}
