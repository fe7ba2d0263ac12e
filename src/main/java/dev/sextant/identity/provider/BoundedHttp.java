package dev.sextant.identity.provider;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks other servers, within limits: it goes only where its reach allows, which holds for the very address that is called and not only
 * for its name; it follows no redirects, waits no longer than the patience, and takes no more than the bytes allowed. Fails with
 * {@code Unavailable} for all that goes wrong. Any thread.
 */
final class BoundedHttp {

    private static final int CONNECTIONS_MAX = 8;
    private static final int WAITING_MAX = 64;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final HttpClient client;
    private final Names names;
    private final Reach reach;
    private final ProviderConfig config;

    BoundedHttp(Vertx vertx, Reach reach, ProviderConfig config) {
        int patienceMillis = (int) config.patience().toMillis();
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(patienceMillis)
                .setIdleTimeout(patienceMillis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(16 << 10);
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(WAITING_MAX);
        this.client = vertx.createHttpClient(options, pool);
        this.names = new Names(vertx);
        this.reach = reach;
        this.config = config;
    }

    /** The body of a 200. */
    Future<String> get(String url) {
        return send(HttpMethod.GET, url, Map.of("accept", "application/json"), Buffer.buffer())
                .compose(answer -> answer.status() == 200
                        ? Future.succeededFuture(answer.body())
                        : away("answered with status " + answer.status()));
    }

    /** What came back, whatever its status. */
    record Answer(int status, String body) {}

    Future<Answer> post(String url, Map<String, String> headers, String body) {
        return send(HttpMethod.POST, url, headers, Buffer.buffer(body));
    }

    private Future<Answer> send(HttpMethod method, String url, Map<String, String> headers, Buffer body) {
        Optional<URI> allowed = reach.allowed(url);
        if (allowed.isEmpty()) {
            return forbidden();
        }
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(allowed.get().toString())
                .setFollowRedirects(false)
                .setTimeout(config.patience().toMillis());
        headers.forEach(options::addHeader);
        return names.addresses(allowed.get().getHost())
                .compose(addresses -> server(allowed.get(), addresses))
                .compose(server -> client.request(options.setServer(server)))
                .compose(request -> request.send(body))
                .compose(response -> read(response).map(whole -> new Answer(response.statusCode(), whole.toString())))
                .timeout(config.patience().toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure ->
                        failure instanceof ProblemException ? Future.failedFuture(failure) : away("does not answer"));
    }

    /** A name that leads inside among others leads inside. Whoever tries names is not told which of them there are. */
    private Future<SocketAddress> server(URI uri, List<InetAddress> addresses) {
        if (addresses.isEmpty() || !addresses.stream().allMatch(reach::allows)) {
            return forbidden();
        }
        int usual = "https".equals(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        return Future.succeededFuture(
                SocketAddress.inetSocketAddress(port, addresses.getFirst().getHostAddress()));
    }

    private <T> Future<T> forbidden() {
        return away("has no address that may be called: it " + reach.rule());
    }

    private Future<Buffer> read(HttpClientResponse response) {
        Promise<Buffer> whole = Promise.promise();
        Buffer bytes = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        response.endHandler(_ -> whole.tryComplete(bytes));
        response.handler(chunk -> {
            if (bytes.length() + chunk.length() > config.bodyBytesMax()) {
                whole.tryFail(new ProblemException(problem("answers with too much")));
                response.request().reset();
            } else {
                bytes.appendBuffer(chunk);
            }
        });
        return whole.future();
    }

    Future<Void> close() {
        return client.close().eventually(names::close);
    }

    static <T> Future<T> away(String what) {
        return ProblemException.failed(problem(what));
    }

    static Problem problem(String what) {
        return new Problem.Unavailable("identity provider", "The identity provider " + what + ".");
    }
}
