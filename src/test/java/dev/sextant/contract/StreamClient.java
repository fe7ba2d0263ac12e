package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.edge.FrameValidator;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Talks to the stream, and holds every frame against the contract. Its methods block. */
final class StreamClient {

    private static final String PATH = "/api/v2/analytics/realtime/stream";
    private static final FrameValidator CONTRACT = new FrameValidator();
    private static final long PATIENCE_SECONDS = 15;

    /** Closes its sockets when it is collected: it is held as long as we are. */
    private final WebSocketClient maker;

    private final WebSocket socket;
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();

    private StreamClient(WebSocketClient maker, WebSocket socket) {
        this.maker = maker;
        this.socket = socket;
        socket.textMessageHandler(frames::add);
        socket.closeHandler(_ -> ends.add((int) socket.closeStatusCode()));
    }

    /** With the caller's key in a header. */
    static StreamClient open(Service service, Caller caller) {
        WebSocketConnectOptions options = options(caller, "");
        options.addHeader("authorization", "Bearer " + caller.credential());
        StreamClient client = open(service, options);
        assertThat(client.next().getString("op")).isEqualTo("ready");
        return client;
    }

    /** Without a credential but what stands in the query. */
    static StreamClient open(Service service, String query) {
        return open(service, options(service.platform(), query));
    }

    static WebSocketConnectOptions options(Caller caller, String query) {
        return new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(caller.port())
                .setURI(PATH + query)
                .addSubProtocol("analytics.v2");
    }

    static StreamClient open(Service service, WebSocketConnectOptions options) {
        return open(service, new WebSocketClientOptions(), options);
    }

    /** The handlers are in place before the first frame is let through: all happens on the loop that reads it. */
    static StreamClient open(Service service, WebSocketClientOptions client, WebSocketConnectOptions options) {
        WebSocketClient maker = service.vertx().createWebSocketClient(client);
        Promise<StreamClient> opened = Promise.promise();
        service.vertx()
                .runOnContext(_ -> maker.connect(options)
                        .map(socket -> new StreamClient(maker, socket))
                        .onComplete(opened));
        return opened.future().await();
    }

    void send(String frame) {
        socket.writeTextMessage(frame.replace('\'', '"')).await();
    }

    void sendBinary() {
        socket.writeBinaryMessage(Buffer.buffer("{}")).await();
    }

    /** Reads nothing more until {@link #resume}. */
    void pause() {
        socket.pause();
    }

    void resume() {
        socket.resume();
    }

    void close() {
        socket.close().compose(_ -> maker.close()).await();
    }

    /** The next frame, whenever it comes. */
    JsonObject next() {
        String frame = taken(frames, "frame");
        CONTRACT.check(frame);
        return new JsonObject(frame);
    }

    /** The next frame, which must be of that kind. */
    JsonObject next(String op) {
        JsonObject frame = next();
        assertThat(frame.getString("op")).as(frame.encode()).isEqualTo(op);
        return frame;
    }

    /** The frames that came until now. */
    List<JsonObject> seen() {
        List<String> texts = new ArrayList<>();
        frames.drainTo(texts);
        return texts.stream().map(JsonObject::new).toList();
    }

    int closeCode() {
        return taken(ends, "end");
    }

    String closeReason() {
        return socket.closeReason();
    }

    private <T> T taken(BlockingQueue<T> queue, String what) {
        try {
            T taken = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(taken)
                    .as("No %s came; closed[%s] code[%s]", what, socket.isClosed(), ends.peek())
                    .isNotNull();
            return taken;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a frame or an answer, each as text. */
    static List<String> rows(JsonObject frame, String member) {
        return frame.getJsonArray(member).stream()
                .map(JsonArray.class::cast)
                .map(JsonArray::encode)
                .toList();
    }
}
