package dev.sextant.audit.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps small records on the disk of this node, in order, until somebody has taken them further.
 *
 * <p>To append is to copy into memory that the operating system writes to the disk, whatever becomes of this process: no
 * system call, and nothing to wait for. Safe from any thread. One journal for each folder.
 */
public final class Journal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /** Kept free for what is under way when the disk is full: about as many records as there can be calls at once. */
    private static final int RESERVE_BYTES_MAX = 2 << 20;

    /**
     * Left out at each start: a machine that died may have lost frames that were taken further before, and their numbers
     * must not come again.
     */
    private static final long GAP = 1 << 24;

    private final String id;
    private final JournalFolder folder;
    private final JournalConfig config;
    private final int reserveBytes;
    private final Thread keeper;
    private final Object lock = new Object();

    /** Read whole or not yet, the oldest first; without the active one. */
    private final Deque<Segment> closed = new ArrayDeque<>();

    /** Closed ones that are not on the disk for sure. */
    private final List<Segment> unsynced = new ArrayList<>();

    private Segment active;
    private @Nullable Segment spare;
    private long nextNumber;
    private long bytes;
    private volatile boolean isOpen = true;
    private volatile boolean isFailing;
    private volatile boolean isStopped;

    private Journal(JournalFolder folder, JournalConfig config) throws IOException {
        this.folder = folder;
        this.config = config;
        this.reserveBytes = Math.min(RESERVE_BYTES_MAX, config.segmentBytes() / 4);
        this.id = folder.id();
        List<Segment> earlier = folder.segments();
        closed.addAll(earlier);
        bytes = earlier.stream().mapToLong(Segment::size).sum();
        nextNumber = JournalFolder.numberAfter(earlier);
        active = make();
        active.begin(earlier.isEmpty() ? 0 : earlier.getLast().nextSequence() + GAP);
        spare = make();
        keeper = Thread.ofPlatform().name("audit-journal").daemon().unstarted(this::keep);
    }

    /** Opens what is there, and cuts what a crash left half written. Blocks. */
    public static Journal open(Path folder, JournalConfig config) {
        try {
            Files.createDirectories(folder);
            Journal journal = new Journal(new JournalFolder(folder), config);
            journal.keeper.start();
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("The journal in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Names this journal among those of all nodes, for good. */
    public String id() {
        return id;
    }

    /** Whether there is room for more than what is under way, on a disk that works. */
    public boolean isOpen() {
        return isOpen;
    }

    /**
     * Appends a record.
     *
     * @param frame of which the first {@code length} bytes count; not empty
     * @return false where there is no room for it, or it is larger than a segment
     */
    public boolean append(byte[] frame, int length) {
        synchronized (lock) {
            if (!active.hasRoomFor(length) && !turnOver()) {
                return false;
            }
            if (!active.hasRoomFor(length)) {
                return false;
            }
            active.append(frame, length);
            isOpen = isOpenNow();
            return true;
        }
    }

    private boolean turnOver() {
        Segment next = spare;
        if (next == null) {
            return false;
        }
        next.begin(active.nextSequence());
        closed.add(active);
        unsynced.add(active);
        active = next;
        spare = null;
        LockSupport.unpark(keeper);
        return true;
    }

    private boolean isOpenNow() {
        return !isFailing && !isStopped && (spare != null || active.room() > reserveBytes);
    }

    /** Reads from the oldest record that is there. One reader at a time. */
    public JournalReader reader() {
        return new JournalReader(this);
    }

    /** The segments that are there, the oldest first, and the active one last. */
    List<Segment> segments() {
        synchronized (lock) {
            List<Segment> all = new ArrayList<>(closed);
            all.add(active);
            return all;
        }
    }

    /** What is on the disk and not let go of, roughly, as a share of what may be: 0 to 1. */
    public double fullness() {
        synchronized (lock) {
            return Math.min(1, (double) bytes / config.bytesMax());
        }
    }

    /** Deletes the oldest segment, which was read whole. */
    void forget(Segment oldest) {
        synchronized (lock) {
            if (!oldest.equals(closed.peekFirst())) {
                return;
            }
            closed.removeFirst();
            unsynced.remove(oldest);
            bytes -= oldest.size();
        }
        try {
            oldest.delete();
        } catch (IOException e) {
            LOG.warn("A segment of the journal that is not needed any more cannot be deleted", e);
        }
        LockSupport.unpark(keeper);
    }

    private void keep() {
        while (!isStopped) {
            boolean isSynced = sync();
            boolean works = prepare() && isSynced;
            synchronized (lock) {
                if (isFailing == works) {
                    isFailing = !works;
                    LOG.warn(works ? "The journal works again" : "The journal fails: no operation is begun");
                }
                isOpen = isOpenNow();
            }
            LockSupport.parkNanos(config.syncEvery().toNanos());
        }
    }

    /** False where the disk does not take it. */
    private boolean sync() {
        List<Segment> written;
        synchronized (lock) {
            written = new ArrayList<>(unsynced);
            written.add(active);
        }
        try {
            written.forEach(Segment::sync);
            synchronized (lock) {
                unsynced.removeAll(written.subList(0, written.size() - 1));
            }
            return true;
        } catch (UncheckedIOException e) {
            LOG.debug("The journal is not synchronized", e);
            return false;
        }
    }

    /** Has the next segment ready; false where the disk has no room for it. A journal that is full is no failure. */
    private boolean prepare() {
        synchronized (lock) {
            if (spare != null || bytes + config.segmentBytes() > config.bytesMax()) {
                return true;
            }
        }
        try {
            Segment made = make();
            synchronized (lock) {
                spare = made;
            }
            return true;
        } catch (IOException e) {
            LOG.debug("There is no new segment of the journal", e);
            return false;
        }
    }

    private Segment make() throws IOException {
        Segment made = Segment.make(folder.segment(nextNumber), config.segmentBytes());
        nextNumber++;
        synchronized (lock) {
            bytes += made.size();
        }
        return made;
    }

    /** Writes all to the disk, and takes no more. Blocks. */
    @Override
    public void close() {
        isStopped = true;
        isOpen = false;
        LockSupport.unpark(keeper);
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sync();
    }
}
