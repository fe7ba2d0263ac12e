package dev.sextant.engine.duckdb;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.duckdb.DuckDBConnection;

/** The connections that read one tenant's instance: some stand ready, others keep the rows of a stream. */
final class Readers {

    private final DuckDBConnection origin;
    private final States states;
    private final Deque<ReadConnection> idle = new ArrayDeque<>();
    private final Set<ReadConnection> kept = ConcurrentHashMap.newKeySet();
    private int idleMax;

    Readers(DuckDBConnection origin, States states) {
        this.origin = origin;
        this.states = states;
    }

    /** Opens those that will stand ready; only they can tell how far their statements are. */
    void fill(int count) throws SQLException {
        idleMax = count;
        for (int i = 0; i < count; i++) {
            idle.push(ReadConnection.telling(origin.duplicate(), states));
        }
    }

    ReadConnection borrow() throws SQLException {
        synchronized (idle) {
            ReadConnection ready = idle.poll();
            if (ready != null) {
                return ready;
            }
        }
        return new ReadConnection(origin.duplicate(), states);
    }

    /** @param well whether it has left its snapshot; else it leaves it now, or is not used again where it cannot */
    void giveBack(ReadConnection reader, boolean well) throws SQLException {
        kept.remove(reader);
        if (!(well || leaves(reader)) || !takes(reader)) {
            reader.close();
        }
    }

    private static boolean leaves(ReadConnection reader) {
        try {
            reader.abandon();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private boolean takes(ReadConnection reader) {
        synchronized (idle) {
            return idle.size() < idleMax && idle.offerFirst(reader);
        }
    }

    /** A borrowed connection stays out for longer: it keeps what it reads from. */
    void keep(ReadConnection reader) {
        kept.add(reader);
    }

    /** Whether it is out, and open. */
    boolean isKept(ReadConnection reader) {
        return kept.contains(reader);
    }

    /** Closes one that is kept. */
    void forget(ReadConnection reader) throws SQLException {
        kept.remove(reader);
        reader.close();
    }

    void close() throws SQLException {
        for (ReadConnection reader : kept) {
            reader.close();
        }
        kept.clear();
        synchronized (idle) {
            for (ReadConnection reader : idle) {
                reader.close();
            }
            idle.clear();
        }
    }
}
