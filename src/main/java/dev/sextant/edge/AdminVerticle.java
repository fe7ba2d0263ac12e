package dev.sextant.edge;

import dev.sextant.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The operator's listener, on loopback only: {@code GET /metrics} for Prometheus. No credential is asked for. */
public final class AdminVerticle extends VerticleBase {

    /** Its own among the negative numbers: see {@code EdgeVerticle}. */
    private static final int RANDOM_PORT = -2;

    private final Telemetry telemetry;
    private final EdgeConfig config;
    private @Nullable HttpServer server;

    public AdminVerticle(Telemetry telemetry, EdgeConfig config) {
        this.telemetry = telemetry;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(config.adminPort() == 0 ? RANDOM_PORT : config.adminPort(), "127.0.0.1")
                .onSuccess(listening -> server = listening);
    }

    /** The port that was bound. Only after the start. */
    public int boundPort() {
        if (server == null) {
            throw new IllegalStateException("The admin listener does not listen yet");
        }
        return server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        if (request.path().equals("/metrics")) {
            request.response()
                    .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(telemetry.scrape());
        } else {
            request.response().setStatusCode(404).end();
        }
    }
}
