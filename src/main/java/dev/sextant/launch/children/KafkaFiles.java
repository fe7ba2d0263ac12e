package dev.sextant.launch.children;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** Kafka's own folder, how it is started, and how one sees that it answers. */
record KafkaFiles(LocalProgram program, Path folder) {

    private static final int HEAP_MEGABYTES = 384;
    private static final int PATIENCE_MILLIS = 1000;

    List<String> command(int port) throws IOException {
        return program.command(
                "dev.sextant.local.LocalKafka", HEAP_MEGABYTES, List.of(folder.toString(), Integer.toString(port)));
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
