package dev.sextant.engine.duckdb;

import dev.sextant.engine.DatasetState;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;

/**
 * The states of a tenant's datasets as last committed, kept in memory so that a plan need not ask for them.
 *
 * <p>Commits happen under the lock. Whoever begins a snapshot while no commit is under way, so that its stamp is still
 * valid afterwards, has these very states in the snapshot; else they are to be read from it.
 */
final class States {

    /** What commits the transaction. */
    interface Commit<X extends Exception> {
        void run() throws X;
    }

    private final StampedLock lock = new StampedLock();
    private volatile Map<String, DatasetState> datasetToState = Map.of();

    DatasetState of(String dataset) {
        return datasetToState.getOrDefault(dataset, DatasetState.EMPTY);
    }

    /** The states now, where no commit is under way. */
    long stamp() {
        return lock.tryOptimisticRead();
    }

    boolean unchangedSince(long stamp) {
        return lock.validate(stamp);
    }

    /** Commits, and makes {@code changes} known if that succeeds. */
    <X extends Exception> void commit(Commit<X> commit, Map<String, DatasetState> changes) throws X {
        long stamp = lock.writeLock();
        try {
            commit.run();
            Map<String, DatasetState> next = new HashMap<>(datasetToState);
            next.putAll(changes);
            datasetToState = next;
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
