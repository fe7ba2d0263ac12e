package dev.sextant.backup;

import dev.sextant.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * HMAC-SHA256 (RFC 2104) over a manifest, under a key derived from the master key by HKDF-SHA256 (RFC 5869): it tells whether the
 * manifest is as it was written, and whether the master key is the one of the server that wrote it. Pure.
 */
final class ManifestSeal {

    private static final byte[] USE = "sextant backup manifest v1".getBytes(StandardCharsets.US_ASCII);

    private ManifestSeal() {}

    static String of(byte[] manifest, Secret masterKey) {
        try {
            SecretKey key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "HmacSHA256",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(masterKey.value().getBytes(StandardCharsets.UTF_8))
                                    .thenExpand(USE, 32));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(manifest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF and HMAC with SHA-256", e);
        }
    }

    static boolean fits(String seal, byte[] manifest, Secret masterKey) {
        return MessageDigest.isEqual(
                seal.getBytes(StandardCharsets.US_ASCII),
                of(manifest, masterKey).getBytes(StandardCharsets.US_ASCII));
    }
}
