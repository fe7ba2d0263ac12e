package dev.sextant.engine;

import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;

/** Copies what an engine keeps of tenants, for backups. Futures fail and complete as those of {@link OlapEngine}. */
public interface TenantCopies {

    /**
     * What came of a copy.
     *
     * @param paused for how long the tenant's events had to wait
     */
    record Copied(long bytes, Duration paused) {}

    /** The version of what writes the files, such as {@code 1.4.2}: it reads them, and later ones do. */
    String version();

    /** What the tenant's files take now; 0 where it has none. Touches the disk. */
    long bytes(TenantId tenant);

    /**
     * Copies the tenant's files as of one moment: all is in it that was on disk when this was asked. The tenant's events wait
     * meanwhile; its queries do not, and other tenants do not.
     *
     * @param folder which is there, and empty; it stays so where the tenant has no files
     * @param pauseMax how long the events may wait; with more it fails, and what was copied is worth nothing
     */
    Future<Copied> copy(TenantId tenant, Path folder, Duration pauseMax);
}
