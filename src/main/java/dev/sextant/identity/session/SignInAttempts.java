package dev.sextant.identity.session;

import dev.sextant.identity.secret.OpaqueSecret;
import dev.sextant.identity.user.Emails;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.RedisKey;
import dev.sextant.store.RedisStore;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Counts attempts to sign in, on all nodes together, and says when there were too many. It knows users by hashes. */
final class SignInAttempts {

    private final RedisStore redis;
    private final SessionConfig config;

    SignInAttempts(RedisStore redis, SessionConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /**
     * Begins one; false where there were too many before. Of one address at one user it counts all, until one succeeds: many
     * that come at the very same moment are counted before they are tried.
     */
    Future<Boolean> begin(TenantId tenant, String email, String address) {
        return Future.all(
                        isBelow(ofAddress(tenant, address), config.attemptsPerAddressMax()),
                        isBelow(ofUser(tenant, email), config.attemptsPerUserMax()))
                .compose(below -> below.<Boolean>list().contains(false)
                        ? Future.succeededFuture(false)
                        : redis.count(ofBoth(tenant, email, address), config.attemptsWindow())
                                .map(count -> count <= config.attemptsMax()));
    }

    /** How long too many attempts count at most. */
    long windowSeconds() {
        return config.attemptsWindow().toSeconds();
    }

    /** It was the user: what they got wrong before is forgotten. */
    Future<Void> succeeded(TenantId tenant, String email, String address) {
        return redis.take(ofBoth(tenant, email, address)).mapEmpty();
    }

    /** It was not. Of an address at all users, and at a user from all addresses, only these count. */
    Future<Void> failed(TenantId tenant, String email, String address) {
        return Future.all(
                        redis.count(ofAddress(tenant, address), config.attemptsWindow()),
                        redis.count(ofUser(tenant, email), config.attemptsWindow()))
                .mapEmpty();
    }

    private Future<Boolean> isBelow(RedisKey key, int max) {
        return redis.get(key)
                .map(found ->
                        found.map(count -> Long.parseLong(count.toString())).orElse(0L) < max);
    }

    private static RedisKey ofAddress(TenantId tenant, String address) {
        return new RedisKey(tenant, "sign-ins-from:" + address);
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
                .encodeToString(
                        OpaqueSecret.sha256(URLEncoder.encode(Emails.canonical(email), StandardCharsets.UTF_8)));
    }
}
