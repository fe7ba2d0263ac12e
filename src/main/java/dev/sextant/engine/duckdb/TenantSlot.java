package dev.sextant.engine.duckdb;

import dev.sextant.kernel.TenantId;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** A tenant's place among the open ones, with its file in it or not. Many may work with the file; one opens or closes it. */
final class TenantSlot {

    /** What is done with an open file. */
    @FunctionalInterface
    interface Work<T> {
        T apply(TenantFile file) throws SQLException;
    }

    private final DuckDbConfig config;
    private final TenantId tenant;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile @Nullable TenantFile file;

    /** Those who are here or on their way. Guarded by {@code OpenTenants}, as is {@code lastUsed}. */
    int users;

    Instant lastUsed = Instant.MIN;

    TenantSlot(DuckDbConfig config, TenantId tenant) {
        this.config = config;
        this.tenant = tenant;
    }

    TenantId tenant() {
        return tenant;
    }

    Optional<TenantFile> current() {
        return Optional.ofNullable(file);
    }

    <T> T with(Work<T> work) throws IOException, SQLException {
        TenantFile open = openShared();
        try {
            return work.apply(open);
        } catch (SQLException e) {
            if (EngineFailure.endsInstance(e)) {
                open.markBroken();
            }
            throw e;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Works with the file where it is open now. */
    <T> Optional<T> ifOpen(Work<T> work) throws SQLException {
        lock.readLock().lock();
        try {
            TenantFile present = file;
            return present == null ? Optional.empty() : Optional.of(work.apply(present));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The file, open, with the read lock held. */
    @SuppressWarnings("LockNotBeforeTry") // The lock is handed to the caller, who releases it.
    private TenantFile openShared() throws IOException, SQLException {
        lock.readLock().lock();
        TenantFile present = file;
        if (present != null && !present.isBroken()) {
            return present;
        }
        lock.readLock().unlock();
        lock.writeLock().lock();
        try {
            TenantFile open = reopen();
            lock.readLock().lock();
            return open;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private TenantFile reopen() throws IOException, SQLException {
        TenantFile present = file;
        if (present != null && !present.isBroken()) {
            return present;
        }
        close();
        TenantFile opened = TenantFile.open(config, tenant);
        file = opened;
        return opened;
    }

    /** Closes the file once nobody works with it. */
    void close() throws SQLException {
        lock.writeLock().lock();
        try {
            TenantFile open = file;
            file = null;
            if (open != null) {
                open.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Closes the file once nobody works with it, and takes all that the tenant has away to {@code trash}. */
    void drop(Trash trash) throws IOException, SQLException {
        lock.writeLock().lock();
        try {
            close();
            trash.take(TenantFile.folder(config, tenant));
        } finally {
            lock.writeLock().unlock();
        }
    }
}
