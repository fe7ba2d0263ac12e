package dev.sextant.store;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Redis, for what may be lost: values that expire.
 *
 * <p>Safe from any thread. Every command fails with {@code Unavailable} where Redis is away, within the configured
 * patience; connections are opened when needed, and again when they broke.
 */
public final class RedisStore {

    private final Redis redis;
    private final Duration patience;

    private RedisStore(Redis redis, Duration patience) {
        this.redis = redis;
        this.patience = patience;
    }

    /** Connects with the first command. */
    public static RedisStore open(Vertx vertx, RedisConfig config) {
        RedisOptions options = new RedisOptions()
                .setConnectionString("redis://" + config.host() + ":" + config.port())
                .setMaxPoolSize(config.connectionsMax())
                .setMaxPoolWaiting(config.waitersMax())
                .setNetClientOptions(new NetClientOptions()
                        .setConnectTimeout((int) config.patience().toMillis())
                        .setTcpKeepAlive(true));
        if (!config.password().value().isEmpty()) {
            options.setPassword(config.password().value());
        }
        return new RedisStore(Redis.createClient(vertx, options), config.patience());
    }

    /** Keeps {@code value} for that long, in place of what was there. */
    public Future<Void> setWithExpiry(RedisKey key, String value, Duration expiry) {
        return send(Request.cmd(Command.SET)
                        .arg(key.text())
                        .arg(value)
                        .arg("PX")
                        .arg(expiry.toMillis()))
                .mapEmpty();
    }

    /** Keeps {@code value} for that long, unless there is one already. Whether it does. */
    public Future<Boolean> setIfAbsent(RedisKey key, String value, Duration expiry) {
        return send(Request.cmd(Command.SET)
                        .arg(key.text())
                        .arg(value)
                        .arg("NX")
                        .arg("PX")
                        .arg(expiry.toMillis()))
                .map(response -> response != null);
    }

    /** Keeps bytes, in the same way. */
    public Future<Void> setWithExpiry(RedisKey key, Buffer value, Duration expiry) {
        return send(Request.cmd(Command.SET)
                        .arg(key.text())
                        .arg(value)
                        .arg("PX")
                        .arg(expiry.toMillis()))
                .mapEmpty();
    }

    /** The bytes that are there. */
    public Future<Optional<Buffer>> get(RedisKey key) {
        return send(Request.cmd(Command.GET).arg(key.text()))
                .map(response -> Optional.ofNullable(response).map(Response::toBuffer));
    }

    /** Gives the value and removes it: of many who take at once, one gets it. */
    public Future<Optional<String>> take(RedisKey key) {
        return send(Request.cmd(Command.GETDEL).arg(key.text()))
                .map(response -> Optional.ofNullable(response).map(Response::toString));
    }

    /** Succeeds where Redis answers. */
    public Future<Void> ping() {
        return send(Request.cmd(Command.PING)).mapEmpty();
    }

    public Future<Void> close() {
        return redis.close();
    }

    private Future<@Nullable Response> send(Request command) {
        return redis.send(command)
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(_ -> ProblemException.failed(
                        new Problem.Unavailable("redis", "The store for short-lived state cannot be reached")));
    }
}
