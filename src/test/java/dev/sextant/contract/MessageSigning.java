package dev.sextant.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Signs requests as a client would that was written from RFC 9421 alone: by Ed25519, over what a test says. */
final class MessageSigning {

    private final String keyId;
    private final KeyPair keys;
    private final Map<String, String> components = new LinkedHashMap<>();
    private String parameters = "";
    private String nonce = UUID.randomUUID().toString();

    private MessageSigning(String keyId, KeyPair keys) {
        this.keyId = keyId;
        this.keys = keys;
    }

    static MessageSigning make(String keyId) {
        try {
            return new MessageSigning(
                    keyId, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public half, as a JWK: the last 32 bytes of its X.509 form. */
    JsonObject jwk() {
        byte[] encoded = keys.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new JsonObject()
                .put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("kid", keyId)
                .put("x", Base64.getUrlEncoder().withoutPadding().encodeToString(point));
    }

    /** The same key under another name. */
    MessageSigning named(String otherKeyId) {
        return new MessageSigning(otherKeyId, keys);
    }

    /** A request that is about to be signed, in the usual way. */
    MessageSigning over(HttpRequest<Buffer> request, String body, long created) {
        MessageSigning signing = new MessageSigning(keyId, keys);
        signing.components.put("@method", request.method().name());
        signing.components.put("@target-uri", "http://127.0.0.1:%d%s".formatted(request.port(), request.uri()));
        if (!body.isEmpty()) {
            signing.components.put("content-digest", digest(body));
        }
        signing.parameters = ";created=%d;keyid=\"%s\"".formatted(created, keyId);
        return signing;
    }

    MessageSigning without(String component) {
        components.remove(component);
        return this;
    }

    MessageSigning nonce(String other) {
        nonce = other;
        return this;
    }

    MessageSigning with(String moreParameters) {
        parameters += moreParameters;
        return this;
    }

    /** Puts the headers on. */
    HttpRequest<Buffer> sign(HttpRequest<Buffer> request) {
        String covered =
                components.keySet().stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(" ", "(", ")"))
                        + parameters
                        + (nonce.isEmpty() ? "" : ";nonce=\"" + nonce + "\"");
        String base = components.entrySet().stream()
                        .map(component -> "\"%s\": %s\n".formatted(component.getKey(), component.getValue()))
                        .collect(Collectors.joining())
                + "\"@signature-params\": " + covered;
        if (components.containsKey("content-digest")) {
            request.putHeader("content-digest", components.get("content-digest"));
        }
        return request.putHeader("signature-input", "sig1=" + covered)
                .putHeader("signature", "sig1=:" + signature(base) + ":");
    }

    private String signature(String base) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(base.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String digest(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
