package dev.sextant.launch.children;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * HAProxy's own folder, and how it is started.
 *
 * @param template {@code cluster/haproxy.cfg}: what is right for machines is right for processes, but for the addresses
 */
record HaproxyFiles(Path template, Path folder) {

    private static final String LISTENS = "bind :8080";
    private static final String NODE = "    server n";

    /** An abstract socket's name is the machine's; there may be another cluster on it. */
    private static final String INNER = "abns@sextant-questions";

    /** One machine's open files are for all its processes. */
    private static final String CONNECTIONS_MAX = "$1 4000";

    /** @param nodeToPort where the nodes listen on the loopback address */
    void prepare(int port, Map<String, Integer> nodeToPort) throws IOException {
        String nodes = nodeToPort.entrySet().stream()
                .map(node -> "    server %s 127.0.0.1:%d".formatted(node.getKey(), node.getValue()))
                .collect(Collectors.joining("\n", "", "\n"));
        String rest = Files.readAllLines(template).stream()
                .filter(line -> !line.startsWith(NODE))
                .collect(Collectors.joining("\n", "", "\n"));
        String local = rest.replace(LISTENS, "bind 127.0.0.1:" + port)
                .replace(INNER, INNER + "-" + port)
                .replaceAll("(?m)^( +maxconn) [0-9]+$", CONNECTIONS_MAX);
        PrivateFiles.write(configuration(), local + nodes);
    }

    List<String> command() {
        return List.of("haproxy", "-W", "-f", configuration().toString());
    }

    private Path configuration() {
        return folder.resolve("haproxy.cfg");
    }
}
