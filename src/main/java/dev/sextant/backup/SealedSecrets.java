package dev.sextant.backup;

import dev.sextant.kernel.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets, by their names, closed by a passphrase: AES-256-GCM (NIST SP 800-38D) under a key that PBKDF2-HMAC-SHA256 (RFC 8018)
 * makes of it, with a salt of its own. Slow by intent: about half a second.
 */
final class SealedSecrets {

    /** As OWASP's Password Storage Cheat Sheet (2023) wants it. */
    private static final int ITERATIONS = 600_000;

    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private SealedSecrets() {}

    /** @param nameToSecret neither names nor secrets hold line breaks, and names no equals sign */
    static byte[] close(Map<String, Secret> nameToSecret, Secret passphrase) {
        byte[] salt = random(SALT_BYTES);
        byte[] nonce = random(NONCE_BYTES);
        byte[] clear = new TreeMap<>(nameToSecret)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue().value())
                        .collect(Collectors.joining("\n"))
                        .getBytes(StandardCharsets.UTF_8);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, passphrase, salt, nonce).doFinal(clear);
            return ByteBuffer.allocate(SALT_BYTES + NONCE_BYTES + closed.length)
                    .put(salt)
                    .put(nonce)
                    .put(closed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has AES-GCM and PBKDF2", e);
        }
    }

    /** Empty where the passphrase is another one, or the bytes were changed. */
    static Optional<Map<String, Secret>> open(byte[] bytes, Secret passphrase) {
        if (bytes.length < SALT_BYTES + NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] salt = Arrays.copyOf(bytes, SALT_BYTES);
        byte[] nonce = Arrays.copyOfRange(bytes, SALT_BYTES, SALT_BYTES + NONCE_BYTES);
        try {
            byte[] clear = cipher(Cipher.DECRYPT_MODE, passphrase, salt, nonce)
                    .doFinal(bytes, SALT_BYTES + NONCE_BYTES, bytes.length - SALT_BYTES - NONCE_BYTES);
            return Optional.of(new String(clear, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> new Secret(parts[1]))));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, Secret passphrase, byte[] salt, byte[] nonce)
            throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase.value().toCharArray(), salt, ITERATIONS, 256);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
