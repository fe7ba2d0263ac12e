package dev.sextant.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/**
 * Connected to a process until it dies. The system closes what a dead process had open only once it has taken back its memory:
 * before that moment nobody who is connected can know.
 */
final class Witness implements AutoCloseable {

    private final Socket socket;
    private final CompletableFuture<Long> closedNanos = new CompletableFuture<>();

    Witness(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::watch);
    }

    private void watch() {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Nothing was asked: whatever comes is not for us.
            }
        } catch (IOException _) {
            // Reset: closed all the same.
        }
        closedNanos.complete(System.nanoTime());
    }

    /** When the connection ended, of {@link System#nanoTime}. Blocks until it has. */
    long closedNanos() {
        return closedNanos.join();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
