package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.backup.UnusableBackupException;
import dev.sextant.launch.children.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server is killed while it makes a backup. */
@Timeout(180)
class BackupKillIT {

    private final Path folder = TestFolders.make();
    private final Path target = TestFolders.make().resolve("target");
    private RunningServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = RunningServer.start(folder);
    }

    @AfterEach
    void stopServer() throws InterruptedException {
        server.end();
        TestFolders.delete(folder);
        TestFolders.delete(target.resolveSibling(""));
    }

    @Test
    void whatIsHalfDoneIsNoBackupAndIsClearedAway() throws Exception {
        LoadedTenant tenant = new LoadedTenant(server, "acme");
        tenant.send(0);
        Path half = folder.resolve("backups").resolve("half.unfinished");
        String id = server.postJson(server.platformKey(), "/api/v2/admin/backups", "{\"name\":\"half\"}")
                .path("operation_id")
                .asText();
        while (!Files.exists(half.resolve("journal"))) {
            Thread.onSpinWait();
        }

        server.kill();

        assertThat(names()).containsExactly("half.unfinished");
        assertThatThrownBy(() -> Restore.run(half, ServerInTests.config(), target))
                .isInstanceOf(UnusableBackupException.class)
                .hasMessageContaining("not a whole backup");
        server = RunningServer.start(folder);
        assertThat(names()).isEmpty();
        JsonNode operation = RunningServer.json(server.get(server.platformKey(), "/api/v2/operations/" + id));
        assertThat(operation.path("status").asText()).as(operation.toString()).isEqualTo("failed");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("backups"))) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
