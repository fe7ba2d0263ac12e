package dev.sextant.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the files of TLS have changed, and has new connections use the new ones; those that are open go on. Files that
 * do not fit together are left alone until they do. On one event loop.
 */
final class TlsReload {

    private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

    private final Vertx vertx;
    private final HttpServer server;
    private final List<String> files;
    private final Supplier<ServerSSLOptions> options;
    private String seen = "";

    private TlsReload(Vertx vertx, HttpServer server, TlsConfig config, Supplier<ServerSSLOptions> options) {
        this.vertx = vertx;
        this.server = server;
        this.files = Stream.of(config.certificate(), config.key(), config.clientCa())
                .filter(file -> !file.isEmpty())
                .toList();
        this.options = options;
    }

    /** Goes on until the verticle that calls it is undeployed. */
    static Future<Void> begin(Vertx vertx, HttpServer server, TlsConfig config, Supplier<ServerSSLOptions> options) {
        TlsReload reload = new TlsReload(vertx, server, config, options);
        return reload.stamp()
                .onSuccess(first -> {
                    reload.seen = first;
                    vertx.setPeriodic(config.reloadEvery().toMillis(), _ -> reload.look());
                })
                .mapEmpty();
    }

    private void look() {
        stamp().compose(stamp -> {
                    if (stamp.equals(seen)) {
                        return Future.succeededFuture(false);
                    }
                    seen = stamp;
                    return server.updateSSLOptions(options.get(), true);
                })
                .onSuccess(changed -> {
                    if (changed) {
                        LOG.info("The certificate was read again");
                    }
                })
                .onFailure(failure -> LOG.warn("The certificate stays as it was: {}", failure.getMessage()));
    }

    /** When each file was written last, and how long it is. */
    private Future<String> stamp() {
        return Future.all(files.stream()
                        .map(file -> vertx.fileSystem()
                                .props(file)
                                .map(props -> props.lastModifiedTime() + "/" + props.size()))
                        .toList())
                .map(all -> all.<String>list().toString());
    }
}
