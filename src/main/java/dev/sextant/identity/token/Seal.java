package dev.sextant.identity.token;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import dev.sextant.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Closes texts for keeping: JWE compact (RFC 7516), {@code dir} with {@code A256GCM}, under a key derived from the master
 * secret by HKDF-SHA256 (RFC 5869).
 */
public final class Seal {

    private static final String SIGNING_KEYS = "sextant signing keys v1";

    private final SecretKey key;

    Seal(Secret master) {
        this(master, SIGNING_KEYS);
    }

    /** @param use what is closed; what was closed for one use does not open for another */
    public Seal(Secret master, String use) {
        try {
            HKDFParameterSpec derivation = HKDFParameterSpec.ofExtract()
                    .addIKM(master.value().getBytes(StandardCharsets.UTF_8))
                    .thenExpand(use.getBytes(StandardCharsets.US_ASCII), 32);
            this.key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", derivation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
        }
    }

    public String close(String text) {
        JWEObject sealed = new JWEObject(new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM), new Payload(text));
        try {
            sealed.encrypt(new DirectEncrypter(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("Java has AES-GCM", e);
        }
        return sealed.serialize();
    }

    /** @throws IllegalStateException where it was closed under another master, or was changed since */
    public String open(String sealed) {
        try {
            JWEObject object = JWEObject.parse(sealed);
            object.decrypt(new DirectDecrypter(key));
            return object.getPayload().toString();
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("The signing keys do not open with this master secret", e);
        }
    }
}
