package dev.sextant.identity.session;

import io.vertx.core.Future;
import java.time.InstantSource;
import dev.sextant.kernel.Json;
import dev.sextant.identity.secret.OpaqueSecret;
import java.util.Optional;
import dev.sextant.store.RedisKey;
import dev.sextant.store.RedisStore;
import java.security.SecureRandom;
import java.nio.charset.StandardCharsets;
import dev.sextant.kernel.TenantId;

/** Keeps the sessions of browsers in Redis, under hashes of their cookies: whoever reads Redis cannot take one over. */
final class BrowserSessions {

    private final RedisStore redis;
    private final SessionConfig config;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    BrowserSessions(RedisStore redis, SessionConfig config, InstantSource clock) {
        this.redis = redis;
        this.config = config;
        this.clock = clock;
    }

    SessionCookie visitor(TenantId tenant) {
        return new SessionCookie(OpaqueSecret.make(SessionCookie.VISITOR, tenant, random));
    }

    /** A session that nobody has the cookie of yet. */
    Future<SessionCookie> begin(TenantId tenant, String userId) {
        SessionCookie cookie = new SessionCookie(OpaqueSecret.make(SessionCookie.SESSION, tenant, random));
        BrowserSession session = new BrowserSession(userId, clock.instant());
        String kept = new String(Json.write(session), StandardCharsets.UTF_8);
        return redis.setWithExpiry(place(cookie), kept, config.lifetime()).map(cookie);
    }

    /** Empty where the cookie is a visitor's, or its session is over. */
    Future<Optional<BrowserSession>> find(SessionCookie cookie) {
        return cookie.isSession()
                ? redis.get(place(cookie)).map(found -> found.map(kept -> read(kept.getBytes()))
                        .filter(this::isFresh))
                : Future.succeededFuture(Optional.empty());
    }

    Future<Void> end(SessionCookie cookie) {
        return redis.take(place(cookie)).mapEmpty();
    }

    private boolean isFresh(BrowserSession session) {
        return clock.instant().isBefore(session.signedInAt().plus(config.lifetime()));
    }

    private static BrowserSession read(byte[] kept) {
        return Json.read(kept, BrowserSession.class);
    }

    private static RedisKey place(SessionCookie cookie) {
        return new RedisKey(cookie.secret().tenant(), "session:" + cookie.secret().digest());
    }
}
