package dev.sextant.audit.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256, as the tree uses it. Pure. Source: RFC 9162, section 2.1.1. */
@SuppressWarnings("ArrayRecordComponent") // compared by content, below; nobody changes them
record Hash(byte[] bytes) {

    static final int LENGTH = 32;

    /** The root of a tree without leaves. */
    static final Hash EMPTY = new Hash(sha256().digest());

    static Hash leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        return new Hash(digest.digest(entry));
    }

    static Hash node(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update((byte) 1);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /** Of salt and value, one after the other. */
    static Hash salted(byte[] salt, byte[] value) {
        MessageDigest digest = sha256();
        digest.update(salt);
        return new Hash(digest.digest(value));
    }

    static Hash of(String hex) {
        return new Hash(HexFormat.of().parseHex(hex));
    }

    String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
