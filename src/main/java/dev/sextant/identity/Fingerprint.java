package dev.sextant.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a credential: what it is remembered by, so that no memory of ours holds credentials. */
record Fingerprint(long first, long second, long third, long fourth) {

    /** To look one up costs a few µs, so each thread keeps its own. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Fingerprint::sha256);

    /** @param credential characters beyond Latin-1 count as {@code ?}; no credential of ours has either */
    static Fingerprint of(String credential) {
        ByteBuffer digest = ByteBuffer.wrap(SHA_256.get().digest(credential.getBytes(StandardCharsets.ISO_8859_1)));
        return new Fingerprint(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
