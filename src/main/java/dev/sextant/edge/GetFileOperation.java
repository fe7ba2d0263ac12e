package dev.sextant.edge;

import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Params;
import dev.sextant.http.Reply;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code GET} of a file that is part of the program. */
final class GetFileOperation implements Operation {

    private final String operationId;
    private final Function<Params, @Nullable FixedFile> files;

    GetFileOperation(String operationId, Function<Params, @Nullable FixedFile> files) {
        this.operationId = operationId;
        this.files = files;
    }

    @Override
    public String operationId() {
        return operationId;
    }

    @Override
    public Future<Reply> handle(Call call) {
        FixedFile file = files.apply(call.params());
        return file == null
                ? ProblemException.failed(Reference.noFile())
                : Future.succeededFuture(file.reply(
                        call.params().find("If-None-Match", String.class).orElse("")));
    }
}
