package dev.sextant.edge.defence;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/** Whether a request of HTTP/1 says in one way, and one that everybody understands alike, where it ends and goes. Pure. */
public final class Framing {

    private Framing() {}

    /**
     * False also for codings that we do not know, and for HTTP/1.0, which has none. Source: RFC 9112, sections 6.1 and 6.3.
     */
    public static boolean isPlain(HttpServerRequest request) {
        List<String> codings = request.headers().getAll("transfer-encoding");
        return codings.isEmpty()
                || request.version() == HttpVersion.HTTP_2
                || (request.version() == HttpVersion.HTTP_1_1
                        && codings.size() == 1
                        && codings.getFirst().equalsIgnoreCase("chunked"));
    }

    /** True also for none, which others refuse; HTTP/2 names it otherwise. Source: RFC 9112, section 3.2. */
    public static boolean namesOneHost(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                || request.headers().getAll("host").size() <= 1;
    }
}
