package dev.sextant.edge;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds operations whose path has no parameters by looking the path up. The router tries its routes one after the other,
 * so that each further operation would cost every request; it has all routes nevertheless, for what is not found here.
 */
final class Shortcuts implements Handler<RoutingContext> {

    private record Target(HttpMethod method, String path) {}

    private final Map<Target, Handler<RoutingContext>> targetToHandler = new HashMap<>();

    /** Only before the first request. */
    void add(HttpMethod method, String path, Handler<RoutingContext> handler) {
        if (path.indexOf('{') < 0) {
            targetToHandler.put(new Target(method, path), handler);
        }
    }

    @Override
    public void handle(RoutingContext context) {
        Target target = new Target(context.request().method(), context.request().path());
        Handler<RoutingContext> handler = targetToHandler.get(target);
        if (handler == null) {
            context.next();
        } else {
            handler.handle(context);
        }
    }
}
