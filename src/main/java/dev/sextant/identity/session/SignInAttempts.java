package dev.sextant.identity.session;

import java.util.Base64;
import dev.sextant.identity.user.Emails;
import io.vertx.core.Future;
import dev.sextant.identity.secret.OpaqueSecret;
import dev.sextant.store.RedisKey;
import dev.sextant.store.RedisStore;
import java.nio.charset.StandardCharsets;
import dev.sextant.kernel.TenantId;
import java.net.URLEncoder;

/** Counts attempts to sign in, on all nodes together, and says when there were too many. It knows users by hashes. */
final class SignInAttempts {

    private final RedisStore redis;
    private final SessionConfig config;

    SignInAttempts(RedisStore redis, SessionConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /** Counts one; false where it is one too many. */
    Future<Boolean> begin(TenantId tenant, String email, String address) {
        return Future.all(
                        count(ofBoth(tenant, email, address), config.attemptsMax()),
                        count(ofUser(tenant, email), config.attemptsPerUserMax()),
                        count(new RedisKey(tenant, "sign-ins-from:" + address), config.attemptsPerAddressMax()))
                .map(counts -> counts.<Boolean>list().stream().allMatch(isWithin -> isWithin));
    }

    /** It was the user: what they got wrong before is forgotten. */
    Future<Void> succeeded(TenantId tenant, String email, String address) {
        return redis.take(ofBoth(tenant, email, address)).mapEmpty();
    }

    private Future<Boolean> count(RedisKey key, int max) {
        return redis.count(key, config.attemptsWindow()).map(count -> count <= max);
    }

    private static RedisKey ofBoth(TenantId tenant, String email, String address) {
        return new RedisKey(tenant, "sign-ins-at-from:" + hash(email) + ":" + address);
    }

    private static RedisKey ofUser(TenantId tenant, String email) {
        return new RedisKey(tenant, "sign-ins-at:" + hash(email));
    }

    private static String hash(String email) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(OpaqueSecret.sha256(URLEncoder.encode(Emails.canonical(email), StandardCharsets.UTF_8)));
    }
}
