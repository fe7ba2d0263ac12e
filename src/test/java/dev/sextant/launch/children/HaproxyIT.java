package dev.sextant.launch.children;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes, one of which says that it is well and resets each connection that has something to do. */
@Timeout(60)
class HaproxyIT {

    private static final Path TEMPLATE = Path.of("cluster", "haproxy.cfg");
    private static final int TIMES = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private Path path;
    private DataFolder folder;
    private Children children;
    private FakeNode sound;
    private FakeNode broken;
    private int port;

    @BeforeEach
    void start() throws IOException {
        path = TestFolders.make();
        folder = DataFolder.open(path);
        children = Children.open(folder);
        sound = FakeNode.start(false);
        broken = FakeNode.start(true);
        port = children.startHaproxy(TEMPLATE, 0, Map.of("node-1", sound.port(), "node-2", broken.port()));
    }

    @AfterEach
    void leaveNothing() throws IOException {
        client.close();
        children.close();
        folder.close();
        sound.close();
        broken.close();
        TestFolders.delete(path);
    }

    @Test
    void questionsThatBreakAreAskedAgain() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            assertThat(send("POST", "/api/v2/analytics/olap/realtime").statusCode())
                    .isEqualTo(200);
            assertThat(send("GET", "/api/v2/datasets").statusCode()).isEqualTo(200);
        }

        assertThat(broken.resets()).isPositive();
        assertThat(sound.answers()).isEqualTo(2 * TIMES);
    }

    @Test
    void whatMayHaveBeenDoneIsNotDoneAgain() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < TIMES; i++) {
                        requireGood(send("POST", "/api/v2/events"));
                    }
                })
                .isInstanceOf(IOException.class);

        assertThat(broken.resets()).isEqualTo(1);
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void requireGood(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
    }
}
