package dev.sextant.idempotency;

import dev.sextant.http.Body;
import dev.sextant.http.Call;
import dev.sextant.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/** What a request with a key asks for: whose key it is, and a digest that grows with what is asked. Pure. */
record Asked(TenantId tenant, String actor, String operation, String key) {

    static final String HEADER = "Idempotency-Key";

    static Asked of(Call call, String key) {
        return new Asked(
                call.principal().tenant(),
                call.principal().actor(),
                call.target().operationId(),
                key);
    }

    /** Of all that is asked but the body, where that flows in: whoever reads it adds it. */
    static MessageDigest digest(Call call) {
        MessageDigest digest = sha256();
        Map<String, Object> parameters = new TreeMap<>(call.params().nameToValue());
        parameters.remove(HEADER);
        digest.update((call.target().method() + " " + call.target().path() + " " + parameters + "\n")
                .getBytes(StandardCharsets.UTF_8));
        if (call.body() instanceof Body.Json json) {
            digest.update(json.bytes().array());
        }
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has SHA-256", e);
        }
    }
}
