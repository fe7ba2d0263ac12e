package dev.sextant.engine.duckdb;

import dev.sextant.engine.TenantCopies;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiPredicate;

/** Copies tenants' files, each when it is its turn to be written to: so nobody writes to it then. */
final class Copies implements TenantCopies {

    private final DuckDbConfig config;
    private final BiPredicate<TenantId, Write> writes;

    /** @param writes takes a write, unless it is closed */
    Copies(DuckDbConfig config, BiPredicate<TenantId, Write> writes) {
        this.config = config;
        this.writes = writes;
    }

    @Override
    public String version() {
        return NativeLibrary.version();
    }

    @Override
    public long bytes(TenantId tenant) {
        Path file = TenantFile.path(config, tenant);
        return size(file) + size(FileCopy.log(file));
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("A file of a tenant cannot be looked at", e);
        }
    }

    @Override
    public Future<Copied> copy(TenantId tenant, Path folder, Duration pauseMax) {
        Promise<Copied> promise = Promise.promise();
        return writes.test(tenant, new Write.Copy(folder, pauseMax, promise))
                ? promise.future()
                : ProblemException.failed(new Problem.Unavailable("engine", "The server is stopping."));
    }
}
