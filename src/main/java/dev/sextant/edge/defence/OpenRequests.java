package dev.sextant.edge.defence;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;

/** The requests of a connection that are not over, and those that ended since somebody looked last. On one event loop. */
final class OpenRequests {

    /** With so many it is time to look: HTTP/1 has one at a time, HTTP/2 hundreds of short ones. */
    private static final int TIDY_FROM = 128;

    private final List<HttpServerRequest> requests = new ArrayList<>(1);

    void add(HttpServerRequest request) {
        if (requests.size() == 1 && isOver(requests.getFirst())) {
            requests.set(0, request);
            return;
        }
        if (requests.size() % TIDY_FROM == TIDY_FROM - 1) {
            forgetEnded();
        }
        requests.add(request);
    }

    /** Whether the last one is read and answered. */
    boolean areOver() {
        return requests.isEmpty() || isOver(requests.getLast());
    }

    /** Whether the last one is answered, and its body still comes. */
    boolean isLeftOver() {
        return !requests.isEmpty()
                && requests.getLast().response().ended()
                && !requests.getLast().isEnded();
    }

    /** Whether there are some left. */
    boolean forgetEnded() {
        requests.removeIf(OpenRequests::isOver);
        return !requests.isEmpty();
    }

    /** Over HTTP/2, whose connection waits for no body, an answered request is over whatever still comes of it. */
    private static boolean isOver(HttpServerRequest request) {
        return request.response().closed()
                || (request.response().ended() && (request.isEnded() || request.version() == HttpVersion.HTTP_2));
    }
}
