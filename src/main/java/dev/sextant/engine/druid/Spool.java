package dev.sextant.engine.druid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Letters on the disk of this node, in order, until they are let go of: they survive kill -9 and power loss. All of it blocks,
 * and fails with {@code UncheckedIOException} where the disk does. Any thread may keep; one lets go.
 */
final class Spool implements AutoCloseable {

    private static final long MEMORY_BYTES = 4L << 20;

    static {
        RocksDB.loadLibrary();
    }

    private final long bytesMax;
    private final Options options = new Options().setCreateIfMissing(true).setWriteBufferSize(MEMORY_BYTES);
    private final WriteOptions durably = new WriteOptions().setSync(true);
    private final RocksDB letters;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong count = new AtomicLong();

    /**
     * What was kept.
     *
     * @param number its place; later ones have higher numbers
     * @param bytes on the disk
     */
    record Kept(long number, int bytes, Letter letter) {}

    private Spool(Path folder, long bytesMax) throws RocksDBException {
        this.bytesMax = bytesMax;
        this.letters = RocksDB.open(options, folder.toString());
        try (RocksIterator earlier = letters.newIterator()) {
            for (earlier.seekToFirst(); earlier.isValid(); earlier.next()) {
                next.set(number(earlier.key()) + 1);
                bytes.addAndGet(earlier.value().length);
                count.incrementAndGet();
            }
        }
    }

    /**
     * Opens what is there.
     *
     * @param bytesMax of all that it may keep at once
     */
    static Spool open(Path folder, long bytesMax) {
        try {
            Files.createDirectories(folder);
            return new Spool(folder, bytesMax);
        } catch (IOException | RocksDBException e) {
            throw failure(e);
        }
    }

    /** Done when it is on the disk; false where there is no room for it. */
    boolean keep(Letter letter) {
        byte[] written = letter.write();
        if (bytes.addAndGet(written.length) > bytesMax) {
            bytes.addAndGet(-written.length);
            return false;
        }
        count.incrementAndGet();
        try {
            letters.put(durably, key(next.getAndIncrement()), written);
            return true;
        } catch (RocksDBException e) {
            bytes.addAndGet(-written.length);
            count.decrementAndGet();
            throw failure(e);
        }
    }

    /** The oldest ones, at least one of what is there. */
    List<Kept> oldest(long bytesAtOnce) {
        List<Kept> kept = new ArrayList<>();
        long read = 0;
        try (RocksIterator each = letters.newIterator()) {
            for (each.seekToFirst(); each.isValid() && read < bytesAtOnce; each.next()) {
                byte[] written = each.value();
                read += written.length;
                kept.add(new Kept(number(each.key()), written.length, Letter.read(written)));
            }
        }
        return kept;
    }

    void letGo(List<Kept> some) {
        try (WriteBatch gone = new WriteBatch()) {
            for (Kept kept : some) {
                gone.delete(key(kept.number()));
            }
            letters.write(durably, gone);
        } catch (RocksDBException e) {
            throw failure(e);
        }
        count.addAndGet(-some.size());
        bytes.addAndGet(-some.stream().mapToLong(Kept::bytes).sum());
    }

    boolean isEmpty() {
        return count.get() == 0;
    }

    long bytes() {
        return bytes.get();
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    private static UncheckedIOException failure(Exception e) {
        return new UncheckedIOException(new IOException("The spool cannot be used", e));
    }

    @Override
    public void close() {
        letters.close();
        durably.close();
        options.close();
    }
}
