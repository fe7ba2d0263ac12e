package dev.sextant.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request that is to be refused, and how.
 *
 * @param place the pointer or parameter that the problem names; {@code -} where none can be named
 */
record Wrong(
        String name,
        HttpMethod method,
        String path,
        Map<String, String> headers,
        Buffer body,
        int status,
        String code,
        String place) {

    static final String NOWHERE = "-";

    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    /** A body that does not parse. */
    static Wrong unreadable(String name, String path, byte[] body) {
        return new Wrong(name, HttpMethod.POST, path, JSON, Buffer.buffer(body), 400, "malformed", NOWHERE);
    }

    static Wrong unreadable(String name, String path, String body) {
        return unreadable(name, path, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A body that parses and will not do. In it, an apostrophe stands for a quotation mark. */
    static Wrong body(String name, String path, String body, String code, String place) {
        Buffer bytes = Buffer.buffer(body.replace('\'', '"'));
        return new Wrong(name, HttpMethod.POST, path, JSON, bytes, 422, code, place);
    }

    static Wrong query(String name, String body, String code, String place) {
        return body(name, Sales.QUERY, body, code, place);
    }

    static Wrong get(String name, String path, int status, String code, String place) {
        return method(name, HttpMethod.GET, path, status, code, place);
    }

    static Wrong method(String name, HttpMethod method, String path, int status, String code, String place) {
        return new Wrong(name, method, path, Map.of(), Buffer.buffer(), status, code, place);
    }

    static Wrong sent(String name, String path, Map<String, String> headers, Buffer body, int status, String code) {
        return new Wrong(name, HttpMethod.POST, path, headers, body, status, code, NOWHERE);
    }
}
