package dev.sextant.perf.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import java.util.ArrayDeque;
import java.util.Queue;

/** Connections to the server: those that are kept are lent one request at a time, the longest idle first. For one loop. */
final class Clients {

    /** So many are being opened at once. */
    private static final int OPENING_MAX = 200;

    private static final int CONNECT_MILLIS_MAX = 30_000;

    private final HttpClientAgent client;
    private final HttpConnectOptions server;
    private final Queue<HttpClientConnection> idle = new ArrayDeque<>();
    private final Queue<Promise<HttpClientConnection>> waiting = new ArrayDeque<>();
    private int opening;

    Clients(Vertx vertx, int port) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS_MAX).setKeepAlive(true));
        this.server = new HttpConnectOptions().setHost("127.0.0.1").setPort(port);
    }

    /** Opens the connections that are kept. */
    Future<Void> open(int count) {
        Promise<Void> all = Promise.promise();
        open(count, all);
        return all.future();
    }

    private void open(int left, Promise<Void> all) {
        if (left == 0) {
            if (opening == 0) {
                all.tryComplete();
            }
            return;
        }
        int lot = Math.min(left, OPENING_MAX);
        opening = lot;
        for (int i = 0; i < lot; i++) {
            client.connect(server)
                    .onSuccess(connection -> {
                        idle.add(connection);
                        opening--;
                        if (opening == 0) {
                            open(left - lot, all);
                        }
                    })
                    .onFailure(all::tryFail);
        }
    }

    /** A connection of one's own. */
    Future<HttpClientConnection> fresh() {
        return client.connect(server);
    }

    /** The next idle connection, as soon as there is one. */
    Future<HttpClientConnection> borrow() {
        HttpClientConnection connection = idle.poll();
        if (connection != null) {
            return Future.succeededFuture(connection);
        }
        Promise<HttpClientConnection> promise = Promise.promise();
        waiting.add(promise);
        return promise.future();
    }

    void giveBack(HttpClientConnection connection) {
        Promise<HttpClientConnection> next = waiting.poll();
        if (next == null) {
            idle.add(connection);
        } else {
            next.complete(connection);
        }
    }

    /** In place of one that failed. */
    void replace() {
        client.connect(server).onSuccess(this::giveBack);
    }
}
