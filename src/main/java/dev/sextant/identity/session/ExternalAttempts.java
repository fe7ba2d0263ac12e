package dev.sextant.identity.session;

import java.util.Base64;
import java.time.Duration;
import io.vertx.core.Future;
import dev.sextant.kernel.Json;
import dev.sextant.identity.secret.OpaqueSecret;
import java.util.Optional;
import dev.sextant.store.RedisKey;
import dev.sextant.store.RedisStore;
import java.security.SecureRandom;
import java.nio.charset.StandardCharsets;
import dev.sextant.kernel.TenantId;

/** Keeps, in Redis and for some minutes, which browsers were sent to providers. Each comes back once. */
final class ExternalAttempts {

    private static final String KIND = "xst";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final RedisStore redis;
    private final SecureRandom random = new SecureRandom();

    ExternalAttempts(RedisStore redis) {
        this.redis = redis;
    }

    /** An unguessable text of 43 characters, as a nonce and a PKCE verifier may be. */
    String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Keeps it; tells the state by which it is found again. */
    Future<String> keep(TenantId tenant, ExternalAttempt attempt) {
        OpaqueSecret state = OpaqueSecret.make(KIND, tenant, random);
        String kept = new String(Json.write(attempt), StandardCharsets.UTF_8);
        return redis.setWithExpiry(place(state), kept, PATIENCE).map(state.value());
    }

    /** Empty where there is none, or it was taken. */
    Future<Optional<ExternalAttempt>> take(String state) {
        return OpaqueSecret.parse(KIND, state)
                .map(secret -> redis.take(place(secret)).map(found -> found.map(ExternalAttempts::read)))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private static ExternalAttempt read(String kept) {
        return Json.read(kept.getBytes(StandardCharsets.UTF_8), ExternalAttempt.class);
    }

    private static RedisKey place(OpaqueSecret state) {
        return new RedisKey(state.tenant(), "external:" + state.digest());
    }
}
