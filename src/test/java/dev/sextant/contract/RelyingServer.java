package dev.sextant.contract;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.net.URI;
import io.vertx.core.Vertx;

import com.microsoft.playwright.Page;

/** Where a browser comes back to: a server of the program that users sign in to. */
final class RelyingServer implements AutoCloseable {

    private final HttpServer server;

    RelyingServer(Vertx vertx) {
        server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "text/html; charset=utf-8")
                        .end("<!doctype html><title>Board</title><link rel=icon href=data:,><h1>Welcome back</h1>"))
                .listen()
                .await();
    }

    String callback() {
        return "http://127.0.0.1:" + server.actualPort() + "/callback";
    }

    /** The program at that tenant, as one without a secret. */
    Relying register(Service service, Customer customer) {
        JsonObject wish = new JsonObject()
                .put("name", "Board")
                .put("type", "public")
                .put("redirect_uris", JsonArray.of(callback()))
                .put("scopes", JsonArray.of("analytics:read", "datasets:read"));
        JsonObject made = customer.caller()
                .post("/api/v2/oauth/clients", wish.encode())
                .bodyAsJsonObject();
        return new Relying(service, made.getString("id"), null, callback());
    }

    /** What the browser brought back. */
    static Map<String, String> answer(Page page) {
        return FakeProvider.query(URI.create(page.url()).getRawQuery());
    }

    @Override
    public void close() {
        server.close().await();
    }
}
