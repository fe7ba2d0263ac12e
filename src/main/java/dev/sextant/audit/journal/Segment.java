package dev.sextant.audit.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of the journal, mapped into memory: a head of 16 bytes (a mark, the number of the first frame), then frames
 * (length, CRC-32C, bytes), then zeros. What does not have the right checksum is the torn end, and with it all that follows.
 *
 * <p>One thread appends at a time; any may read what was appended before it looked at {@link #end}.
 */
final class Segment {

    private static final long MARK = 0x53585441_4a524e31L; // SXTAJRN1
    private static final int HEAD_BYTES = 16;
    private static final int FRAME_HEAD_BYTES = 8;
    private static final int ZEROS_BYTES = 1 << 16;

    private final Path file;
    private final MappedByteBuffer bytes;
    private long firstSequence;
    private long frames;
    private volatile int end = HEAD_BYTES;
    private int synced;

    private Segment(Path file, MappedByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** A new one, whose room on the disk is taken already: what is appended later cannot fail for want of it. */
    static Segment make(Path file, int size) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.truncate(0);
            for (int filled = 0; filled < size; ) {
                filled += channel.write(ByteBuffer.allocate(Math.min(ZEROS_BYTES, size - filled)));
            }
            channel.force(true);
            return new Segment(file, channel.map(MapMode.READ_WRITE, 0, size));
        }
    }

    /** One that an earlier process wrote, to be read; empty where it never held anything. */
    static Optional<Segment> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < HEAD_BYTES || channel.size() > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            Segment segment = new Segment(file, channel.map(MapMode.READ_ONLY, 0, channel.size()));
            if (segment.bytes.getLong(0) != MARK) {
                return Optional.empty();
            }
            segment.firstSequence = segment.bytes.getLong(8);
            segment.scan();
            return Optional.of(segment);
        }
    }

    private void scan() {
        int at = HEAD_BYTES;
        while (frameAt(at) != null) {
            at += FRAME_HEAD_BYTES + bytes.getInt(at);
            frames++;
        }
        end = at;
    }

    /** Before the first frame. */
    void begin(long sequence) {
        firstSequence = sequence;
        bytes.putLong(8, sequence);
        bytes.putLong(0, MARK);
    }

    boolean hasRoomFor(int length) {
        return end + FRAME_HEAD_BYTES + length <= bytes.capacity();
    }

    int room() {
        return bytes.capacity() - end;
    }

    void append(byte[] frame, int length) {
        int at = end;
        bytes.put(at + FRAME_HEAD_BYTES, frame, 0, length);
        bytes.putInt(at + Integer.BYTES, checksum(frame, length));
        bytes.putInt(at, length);
        frames++;
        end = at + FRAME_HEAD_BYTES + length;
    }

    /** Writes what is in it by now, and nothing of the room behind. */
    void writeTo(FileChannel channel) throws IOException {
        ByteBuffer written = bytes.slice(0, end);
        while (written.hasRemaining()) {
            channel.write(written);
        }
    }

    /** Up to where there are frames. */
    int end() {
        return end;
    }

    static int start() {
        return HEAD_BYTES;
    }

    /** The frame there, which must lie before {@link #end}. */
    byte[] frame(int at) {
        byte[] frame = new byte[bytes.getInt(at)];
        bytes.get(at + FRAME_HEAD_BYTES, frame);
        return frame;
    }

    static int after(int at, byte[] frame) {
        return at + FRAME_HEAD_BYTES + frame.length;
    }

    private byte @Nullable [] frameAt(int at) {
        if (at + FRAME_HEAD_BYTES > bytes.capacity()) {
            return null;
        }
        int length = bytes.getInt(at);
        if (length <= 0 || length > bytes.capacity() - at - FRAME_HEAD_BYTES) {
            return null;
        }
        byte[] frame = frame(at);
        return bytes.getInt(at + Integer.BYTES) == checksum(frame, length) ? frame : null;
    }

    private static int checksum(byte[] frame, int length) {
        CRC32C crc = new CRC32C();
        crc.update(frame, 0, length);
        return (int) crc.getValue();
    }

    long firstSequence() {
        return firstSequence;
    }

    /** Of the thread that appends, or once nobody does any more. */
    long nextSequence() {
        return firstSequence + frames;
    }

    int size() {
        return bytes.capacity();
    }

    Path file() {
        return file;
    }

    /** Makes what was appended outlive the machine. Blocks; throws {@code UncheckedIOException} where it fails. */
    void sync() {
        int until = end;
        if (until > synced) {
            bytes.force(0, until);
            synced = until;
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
