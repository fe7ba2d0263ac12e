package dev.sextant.launch.children;

import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Redis' own folder, how it is started, and how one sees that it answers. */
record RedisFiles(Path program, Path folder) {

    private static final int PATIENCE_MILLIS = 1000;

    /** The password stands here, not on the command line, which everybody on the machine may read. */
    private static final String CONFIGURATION = """
            bind 127.0.0.1
            protected-mode yes
            daemonize no
            appendonly yes
            appendfsync everysec
            save ""
            maxmemory 256mb
            maxmemory-policy volatile-lru
            loglevel notice
            logfile ""
            """;

    void prepare(int port, Secret password) throws IOException {
        String own = "port %d%nrequirepass %s%ndir \"%s\"%n".formatted(port, password.value(), folder);
        PrivateFiles.write(configuration(), CONFIGURATION + own);
    }

    List<String> command() {
        return List.of(program.toString(), configuration().toString());
    }

    /** Asks once; while Redis reads its file it says that it is loading. */
    static boolean answers(int port, Secret password) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            String question = "AUTH " + password.value() + "\r\nPING\r\n";
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            String expected = "+OK\r\n+PONG\r\n";
            byte[] answer = socket.getInputStream().readNBytes(expected.length());
            return expected.equals(new String(answer, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return false;
        }
    }

    private Path configuration() {
        return folder.resolve("redis.conf");
    }
}
