package dev.sextant.perf;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A route that reads the body and answers the same bytes always: the most that Vert.x can do for such a request. */
final class BareRoute implements AutoCloseable {

    private static final String PATH = "/bare";
    private static final int SHARED_RANDOM_PORT = -1;

    private final Vertx vertx;
    private final int port;

    private BareRoute(Vertx vertx, int port) {
        this.vertx = vertx;
        this.port = port;
    }

    /** Listens on as many loops as the server does, over the same transport. */
    static BareRoute start(int loops, Buffer answer) {
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setPreferNativeTransport(true))
                .build();
        Queue<HttpServer> servers = new ConcurrentLinkedQueue<>();
        vertx.deployVerticle(() -> new Listener(answer, servers), new DeploymentOptions().setInstances(loops))
                .await();
        return new BareRoute(vertx, servers.element().actualPort());
    }

    String url() {
        return "http://127.0.0.1:" + port + PATH;
    }

    @Override
    public void close() {
        vertx.close().await();
    }

    private static final class Listener extends VerticleBase {

        private final Buffer answer;
        private final Queue<HttpServer> servers;

        Listener(Buffer answer, Queue<HttpServer> servers) {
            this.answer = answer;
            this.servers = servers;
        }

        @Override
        public Future<?> start() {
            Router router = Router.router(vertx);
            router.post(PATH)
                    .handler(context -> context.request()
                            .body()
                            .onSuccess(_ -> context.response()
                                    .putHeader("content-type", "application/json")
                                    .end(answer)));
            return vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(SHARED_RANDOM_PORT, "127.0.0.1")
                    .onSuccess(servers::add);
        }
    }
}
