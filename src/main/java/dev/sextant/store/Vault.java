package dev.sextant.store;

import dev.sextant.kernel.Secret;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Closes what is kept of answers, which may hold secrets that are told once: AES-256-GCM (NIST SP 800-38D) under a key derived
 * from the master secret by HKDF-SHA256 (RFC 5869). What was closed under one name opens under no other. Safe for all threads.
 */
public final class Vault {

    private static final byte[] USE = "sextant kept answers v1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    public Vault(Secret master) {
        try {
            HKDFParameterSpec derivation = HKDFParameterSpec.ofExtract()
                    .addIKM(master.value().getBytes(StandardCharsets.UTF_8))
                    .thenExpand(USE, 32);
            this.key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", derivation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
        }
    }

    /** One whose secret nobody has: what it closes, only this process opens. */
    static Vault ofThisProcess() {
        byte[] master = new byte[32];
        new SecureRandom().nextBytes(master);
        return new Vault(new Secret(HexFormat.of().formatHex(master)));
    }

    /**
     * Closes bytes.
     *
     * @param name of the one thing that is kept so
     */
    public Buffer close(String name, byte[] clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return Buffer.buffer(nonce).appendBytes(run(Cipher.ENCRYPT_MODE, name, nonce, clear));
    }

    /**
     * Opens what was closed.
     *
     * @throws IllegalStateException where it was closed under another name or master, or was changed since
     */
    public byte[] open(String name, Buffer closed) {
        byte[] bytes = closed.getBytes();
        byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
        return run(Cipher.DECRYPT_MODE, name, nonce, Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length));
    }

    private byte[] run(int mode, String name, byte[] nonce, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("What was kept does not open with this master secret", e);
        }
    }
}
