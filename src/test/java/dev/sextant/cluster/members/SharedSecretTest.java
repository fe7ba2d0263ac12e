package dev.sextant.cluster.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SharedSecretTest {

    private final SharedSecret known = new SharedSecret(new Secret("one that both sides know"));
    private final SharedSecret other = new SharedSecret(new Secret("one that nobody else knows"));
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void bothSidesThatKnowItGoOn() throws IOException {
        CompletableFuture<Void> accepted = accept(known);

        try (Socket socket = connect()) {
            known.onConnect(socket);

            assertThatCode(accepted::join).doesNotThrowAnyException();
        }
        assertThat(known.refusedBy()).isEmpty();
    }

    @Test
    void whoConnectsWithAnotherIsRefused() throws IOException {
        CompletableFuture<Void> accepted = accept(known);

        try (Socket socket = connect()) {
            assertThatThrownBy(() -> other.onConnect(socket)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(accepted::join).hasCauseInstanceOf(IOException.class);
        assertThat(other.refusedBy()).hasSize(1);
    }

    /** Who accepts could be anybody, too. It repeats what it hears, which is all that it can. */
    @Test
    void whoPlaysBackWhatItHeardIsRefused() throws IOException {
        CompletableFuture<Void> accepted = run(() -> {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(new byte[32]);
                byte[] heard = socket.getInputStream().readNBytes(64);
                socket.getOutputStream().write(Arrays.copyOfRange(heard, 32, 64));
            }
        });

        try (Socket socket = connect()) {
            assertThatThrownBy(() -> known.onConnect(socket)).hasMessageContaining("does not know");
        }
        accepted.join();
    }

    @Test
    void whoSaysNothingIsRefusedInTime() throws IOException {
        CompletableFuture<Void> accepted = accept(known);

        try (Socket _ = connect()) {
            assertThatThrownBy(accepted::join).hasStackTraceContaining("in time");
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
        return socket;
    }

    private CompletableFuture<Void> accept(SharedSecret secret) {
        return run(() -> {
            try (Socket socket = server.accept()) {
                secret.onAccept(socket);
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> run(Work work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }
}
