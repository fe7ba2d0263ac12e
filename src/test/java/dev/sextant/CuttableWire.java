package dev.sextant;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a node and a server on this machine, so that a test can take the server away and bring it back. */
public final class CuttableWire implements AutoCloseable {

    private enum State {
        WHOLE,
        CUT,
        SILENT
    }

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final NetServer server;
    private volatile State state = State.WHOLE;

    public CuttableWire(int targetPort) {
        this("127.0.0.1", targetPort);
    }

    /** @param host the address of this machine at which it is reached */
    public CuttableWire(String host, int targetPort) {
        server = vertx.createNetServer()
                .connectHandler(near -> connect(near, targetPort))
                .listen(0, host)
                .await();
    }

    public int port() {
        return server.actualPort();
    }

    /** Ends all connections, and lets none begin. */
    public void cut() {
        state = State.CUT;
        sockets.forEach(NetSocket::close);
    }

    /** Keeps all connections, and lets nothing through. */
    public void silence() {
        state = State.SILENT;
        sockets.forEach(NetSocket::pause);
    }

    public void mend() {
        state = State.WHOLE;
        sockets.forEach(NetSocket::resume);
    }

    private void connect(NetSocket near, int targetPort) {
        if (state == State.CUT) {
            near.close();
            return;
        }
        near.pause();
        client.connect(targetPort, "127.0.0.1")
                .onSuccess(far -> {
                    join(near, far);
                    join(far, near);
                })
                .onFailure(_ -> near.close());
    }

    private void join(NetSocket from, NetSocket to) {
        sockets.add(from);
        from.handler(to::write);
        from.closeHandler(_ -> {
            sockets.remove(from);
            to.close();
        });
        if (state == State.SILENT) {
            from.pause();
        } else {
            from.resume();
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
