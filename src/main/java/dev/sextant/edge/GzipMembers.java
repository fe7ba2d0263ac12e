package dev.sextant.edge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unzips gzip, one member after the other, as bytes come. It holds what was not unzipped yet, and nothing else. Not for
 * more than one stream. Source: RFC 1952, section 2.
 */
final class GzipMembers {

    /** The bytes are no gzip. */
    static final class NoGzip extends Exception {

        private static final long serialVersionUID = 1L;

        NoGzip() {
            super(null, null, false, false);
        }
    }

    private enum Part {
        HEADER,
        BODY,
        TRAILER
    }

    private static final int PIECE_BYTES_MAX = 64 << 10;
    private static final int HEADER_BYTES_MIN = 10;
    private static final int HEADER_BYTES_MAX = 80 << 10;
    private static final int TRAILER_BYTES = 8;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private byte[] input = {};
    private int from;
    private Part part = Part.HEADER;
    private boolean any;

    void add(byte[] bytes) {
        byte[] all = new byte[left() + bytes.length];
        System.arraycopy(input, from, all, 0, left());
        System.arraycopy(bytes, 0, all, left(), bytes.length);
        input = all;
        from = 0;
    }

    /** The next piece; null where it needs more bytes. */
    byte @Nullable [] next() throws NoGzip {
        byte[] piece = null;
        boolean goesOn = true;
        while (piece == null && goesOn) {
            switch (part) {
                case HEADER -> goesOn = readHeader();
                case TRAILER -> goesOn = readTrailer();
                case BODY -> {
                    piece = inflate();
                    goesOn = part == Part.TRAILER;
                }
            }
        }
        return piece;
    }

    /** Whether it ended where a member does. */
    boolean isWhole() {
        return any && part == Part.HEADER && left() == 0;
    }

    /** Gives back what it holds outside the heap. */
    void close() {
        inflater.end();
    }

    private int left() {
        return input.length - from;
    }

    private byte @Nullable [] inflate() throws NoGzip {
        byte[] piece = new byte[PIECE_BYTES_MAX];
        inflater.setInput(input, from, left());
        try {
            int length = inflater.inflate(piece);
            from = input.length - inflater.getRemaining();
            if (inflater.needsDictionary()) {
                throw new NoGzip();
            }
            if (inflater.finished()) {
                part = Part.TRAILER;
            }
            checksum.update(piece, 0, length);
            return length == 0 ? null : Arrays.copyOf(piece, length);
        } catch (DataFormatException _) {
            throw new NoGzip();
        }
    }

    private boolean readHeader() throws NoGzip {
        int length = headerLength();
        if (length > left() || left() == 0) {
            if (left() > HEADER_BYTES_MAX) {
                throw new NoGzip();
            }
            return false;
        }
        from += length;
        inflater.reset();
        checksum.reset();
        part = Part.BODY;
        return true;
    }

    /** More than there is, where that is not all of it. */
    private int headerLength() throws NoGzip {
        byte[] expected = {0x1f, (byte) 0x8b, 8};
        for (int i = 0; i < Math.min(left(), expected.length); i++) {
            if (input[from + i] != expected[i]) {
                throw new NoGzip();
            }
        }
        if (left() < HEADER_BYTES_MIN + 2) { // with the length of what is extra, or the start of what is zipped
            return Integer.MAX_VALUE;
        }
        int flags = input[from + 3];
        if ((flags & 0xE0) != 0) {
            throw new NoGzip();
        }
        int length = HEADER_BYTES_MIN;
        if ((flags & 4) != 0) {
            length += 2 + (input[from + 10] & 0xFF) + ((input[from + 11] & 0xFF) << 8);
        }
        length = (flags & 8) == 0 ? length : afterZero(length);
        length = (flags & 16) == 0 ? length : afterZero(length);
        return (flags & 2) == 0 || length == Integer.MAX_VALUE ? length : length + 2;
    }

    private int afterZero(int start) {
        for (int i = start; i < left(); i++) {
            if (input[from + i] == 0) {
                return i + 1;
            }
        }
        return Integer.MAX_VALUE;
    }

    private boolean readTrailer() throws NoGzip {
        if (left() < TRAILER_BYTES) {
            return false;
        }
        ByteBuffer trailer = ByteBuffer.wrap(input, from, TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (trailer.getInt() != (int) checksum.getValue() || trailer.getInt() != (int) inflater.getBytesWritten()) {
            throw new NoGzip();
        }
        from += TRAILER_BYTES;
        part = Part.HEADER;
        any = true;
        return true;
    }
}
