package dev.sextant.security.message;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.sextant.http.MessageSecurity.Opened;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Encrypts bodies for tenants, and decrypts what was encrypted for us: JWE compact (RFC 7516), whose {@code cty} is the media
 * type inside. Each costs about 0.5 ms of CPU. Any thread.
 */
final class BodyCipher {

    static final String TYPE = "application/jose";

    private static final Set<JWEAlgorithm> ALGORITHMS = Set.of(JWEAlgorithm.ECDH_ES, JWEAlgorithm.ECDH_ES_A256KW);
    private static final Set<EncryptionMethod> METHODS =
            Set.of(EncryptionMethod.A128GCM, EncryptionMethod.A256GCM, EncryptionMethod.A256CBC_HS512);

    private final MessageKeys keys;

    BodyCipher(MessageKeys keys) {
        this.keys = keys;
    }

    /**
     * What is inside.
     *
     * @throws ProblemException {@code Malformed}, in the same words whatever is wrong inside
     */
    Opened open(Buffer sealed) {
        try {
            JWEObject object =
                    JWEObject.parse(sealed.toString(StandardCharsets.US_ASCII).strip());
            JWEHeader header = object.getHeader();
            ECKey key = header.getKeyID() == null ? null : keys.find(header.getKeyID());
            boolean isTaken = ALGORITHMS.contains(header.getAlgorithm())
                    && METHODS.contains(header.getEncryptionMethod())
                    && header.getCompressionAlgorithm() == null // what is small here could be huge inside
                    && header.getContentType() != null;
            if (key == null || !isTaken) {
                throw malformed();
            }
            object.decrypt(new ECDHDecrypter(key));
            return new Opened(
                    type(header.getContentType()),
                    Buffer.buffer(object.getPayload().toBytes()));
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException _) {
            throw malformed();
        }
    }

    /** A type without a slash is one of {@code application/} (RFC 7515, section 4.1.10). */
    private static String type(String contentType) {
        String bare = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return bare.indexOf('/') < 0 ? "application/" + bare : bare;
    }

    private static ProblemException malformed() {
        return new ProblemException(
                new Problem.Malformed(
                        "The body is not a JWE that opens here: compact, by ECDH-ES or"
                                + " ECDH-ES+A256KW for the key of /.well-known/jwks.json with use 'enc' (its kid), not zipped, with cty."));
    }

    /** The answer, for whoever holds the private half of {@code key}. */
    static Reply.Encoded sealed(JWK key, Reply.Encoded reply) {
        String inner = reply.headers().getOrDefault("content-type", "application/octet-stream");
        JWEAlgorithm algorithm = key instanceof RSAKey ? JWEAlgorithm.RSA_OAEP_256 : JWEAlgorithm.ECDH_ES_A256KW;
        JWEHeader header = new JWEHeader.Builder(algorithm, EncryptionMethod.A256GCM)
                .keyID(key.getKeyID())
                .contentType(inner)
                .build();
        JWEObject object = new JWEObject(header, new Payload(reply.bytes().getBytes()));
        try {
            object.encrypt(encrypter(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("A key that was checked does not encrypt", e);
        }
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put("content-type", TYPE);
        headers.put("content-encoding", "identity"); // it would not become smaller
        return new Reply.Encoded(reply.status(), headers, Buffer.buffer(object.serialize()));
    }

    private static JWEEncrypter encrypter(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> new RSAEncrypter(rsa);
            case ECKey ec -> new ECDHEncrypter(ec);
            default -> throw new JOSEException("Nothing is encrypted for a key of this kind");
        };
    }
}
