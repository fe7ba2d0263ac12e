package dev.sextant.store;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** A script that Redis runs as one step. It is called by its digest, and sent where Redis does not know it yet. */
final class RedisScript {

    private final String text;
    private final String digest;

    private RedisScript(String text) {
        this.text = text;
        this.digest = sha1(text);
    }

    /** The one in {@code redis/<name>.lua}. */
    static RedisScript read(String name) {
        try (InputStream bytes =
                Objects.requireNonNull(RedisScript.class.getResourceAsStream("/redis/" + name + ".lua"))) {
            return new RedisScript(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("A script for Redis is not readable", e);
        }
    }

    /** @param send how a command gets to Redis */
    Future<Response> run(Function<Request, Future<Response>> send, RedisKey key, List<String> arguments) {
        return send.apply(request(Command.EVALSHA, digest, key, arguments))
                .recover(failure -> isUnknown(failure)
                        ? send.apply(request(Command.EVAL, text, key, arguments))
                        : Future.failedFuture(failure));
    }

    private static Request request(Command command, String script, RedisKey key, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(1).arg(key.text());
        arguments.forEach(request::arg);
        return request;
    }

    private static boolean isUnknown(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT");
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has SHA-1", e);
        }
    }
}
