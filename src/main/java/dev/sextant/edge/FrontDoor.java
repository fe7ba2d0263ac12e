package dev.sextant.edge;

import dev.sextant.edge.defence.Doors;
import dev.sextant.edge.defence.Framing;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** The first to see a request: tells its connection, and lets only those to the router whose end and host everybody sees alike. */
record FrontDoor(Handler<HttpServerRequest> router, InvalidHeads invalid) implements Handler<HttpServerRequest> {

    @Override
    public void handle(HttpServerRequest request) {
        Doors.arrived(request);
        if (!Framing.isPlain(request)) {
            invalid.refuseFraming(request);
        } else if (!Framing.namesOneHost(request)) {
            invalid.refuseHosts(request);
        } else {
            router.handle(request);
        }
    }
}
