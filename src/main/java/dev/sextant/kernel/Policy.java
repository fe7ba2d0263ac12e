package dev.sextant.kernel;

import dev.sextant.kernel.Principal.PolicyFingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a principal may do with which data, as a text that goes wherever the principal goes: no one who holds it has to look
 * anything up. Whoever enforces it reads it by {@code authz.policy.Rules}; equal texts are equal rights.
 *
 * @param rules canonical, {@value #BYTES_MAX} bytes at most; {@code all} where nothing is kept back
 * @param fingerprint of the text; a part of the key of every answer that is kept
 */
public record Policy(String rules, PolicyFingerprint fingerprint) {

    public static final int BYTES_MAX = 16 * 1024;

    /** Nothing is kept back. */
    public static final Policy SEES_ALL = new Policy(PolicyFingerprint.SEES_ALL.value(), PolicyFingerprint.SEES_ALL);

    /** The policy of that text. Hashes it: some µs. */
    public static Policy of(String rules) {
        return rules.equals(SEES_ALL.rules) ? SEES_ALL : new Policy(rules, new PolicyFingerprint(sha256(rules)));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
