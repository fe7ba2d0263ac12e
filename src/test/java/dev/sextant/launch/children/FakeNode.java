package dev.sextant.launch.children;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks as much of the PROXY protocol (version 2) and of HTTP/1.1 as a load balancer needs. */
final class FakeNode implements AutoCloseable {

    private static final int SIGNATURE_BYTES = 14;
    private static final String HEALTH = "GET /health/ready";
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listener;
    private final boolean breaks;
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();

    private FakeNode(ServerSocket listener, boolean breaks) {
        this.listener = listener;
        this.breaks = breaks;
    }

    /** @param breaks whether it resets connections instead of answering, but for how it is */
    static FakeNode start(boolean breaks) throws IOException {
        FakeNode node = new FakeNode(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), breaks);
        Thread.ofVirtual().start(node::accept);
        return node;
    }

    int port() {
        return listener.getLocalPort();
    }

    int answers() {
        return answers.get();
    }

    int resets() {
        return resets.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            DataInputStream bytes = new DataInputStream(connection.getInputStream());
            bytes.skipNBytes(SIGNATURE_BYTES);
            bytes.skipNBytes(bytes.readUnsignedShort());
            BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.US_ASCII));
            for (String request = lines.readLine(); request != null; request = lines.readLine()) {
                boolean isHealth = request.startsWith(HEALTH);
                if (breaks && !isHealth) {
                    resets.incrementAndGet();
                    connection.setSoLinger(true, 0);
                    return;
                }
                skipRest(lines);
                if (!isHealth) {
                    answers.incrementAndGet();
                }
                connection.getOutputStream().write(ANSWER);
            }
        } catch (IOException _) {
            // the balancer is done with it
        }
    }

    private static void skipRest(BufferedReader lines) throws IOException {
        int length = 0;
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length =
                        Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            lines.read();
        }
    }
}
