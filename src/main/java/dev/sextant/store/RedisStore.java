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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Redis, for what may be lost: values that expire, and limits that nodes share.
 *
 * <p>Safe from any thread. Every command fails with {@code Unavailable} where Redis is away, within the configured
 * patience; connections are opened when needed, and again when they broke.
 */
public final class RedisStore {

    private final RedisScript lease = RedisScript.read("lease");
    private final RedisScript presence = RedisScript.read("presence");
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

    /** Reports what this node spent of a shared limit, and gets it more of it. */
    public Future<LeaseGrant> lease(RedisKey key, LeaseRequest request) {
        List<String> arguments = Stream.of(
                        request.quota(),
                        request.windowMillis(),
                        LeaseRequest.SLOTS,
                        request.spent(),
                        request.held(),
                        request.wanted(),
                        request.believedMillis(),
                        request.nowMillis())
                .map(String::valueOf)
                .toList();
        return run(
                        lease,
                        key,
                        Stream.concat(Stream.of(request.node()), arguments.stream())
                                .toList())
                .map(answer -> new LeaseGrant(
                        answer.get(0).toLong(),
                        answer.get(1).toLong(),
                        answer.get(2).toLong(),
                        answer.get(3).toInteger()));
    }

    /** Says that a node is there; answers how many are, this one included. */
    public Future<Integer> presence(RedisKey key, String node, Duration believed) {
        return run(presence, key, List.of(node, Long.toString(believed.toMillis())))
                .map(Response::toInteger);
    }

    /** How many nodes said that they are there. */
    public Future<Integer> members(RedisKey key) {
        return send(Request.cmd(Command.ZCARD).arg(key.text())).map(count -> count == null ? 0 : count.toInteger());
    }

    /** Succeeds where Redis answers. */
    public Future<Void> ping() {
        return send(Request.cmd(Command.PING)).mapEmpty();
    }

    public Future<Void> close() {
        return redis.close();
    }

    private Future<Response> run(RedisScript script, RedisKey key, List<String> arguments) {
        return orUnavailable(script.run(redis::send, key, arguments));
    }

    private Future<@Nullable Response> send(Request command) {
        return orUnavailable(redis.send(command));
    }

    private <T> Future<T> orUnavailable(Future<T> answer) {
        return answer.timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(_ -> ProblemException.failed(
                        new Problem.Unavailable("redis", "The store for short-lived state cannot be reached")));
    }
}
