package dev.sextant.kernel;

import java.util.Arrays;

/**
 * Bytes that nobody changes, to look things up by: hashed once. They have an order, so that a map that holds many which were
 * made to collide searches among them, instead of trying one after the other.
 */
public final class Bytes implements Comparable<Bytes> {

    private final byte[] bytes;
    private final int hash;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /**
     * These bytes, as a key.
     *
     * @param bytes not changed by anybody from here on
     */
    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes);
    }

    public int length() {
        return bytes.length;
    }

    /** The bytes themselves, to be read only. */
    public byte[] array() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof Bytes those && hash == those.hash && Arrays.equals(bytes, those.bytes));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compare(bytes, other.bytes);
    }
}
