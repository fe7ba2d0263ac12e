package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.backup.UnusableBackupException;
import dev.sextant.launch.children.TestFolders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** Backups of a server that is killed meanwhile, or does not run at all. */
@Timeout(180)
class BackupLifeIT {

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

    @Test
    void whereNoServerRunsOneIsStartedAndSecretsThatAreLeftOutAreAskedFor() throws Exception {
        LoadedTenant tenant = new LoadedTenant(server, "acme");
        tenant.send(0);
        server.stop();
        StringWriter out = new StringWriter();

        int exit = new CommandLine(new Main())
                .setOut(new PrintWriter(out))
                .execute("backup", "--data-dir", folder.toString());

        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString()).contains("WARNING: the secrets are NOT in it");
        assertThat(folder.resolve("server.json")).doesNotExist();
        Path backup = folder.resolve("backups").resolve(names().getFirst());
        assertThatThrownBy(() -> Restore.run(backup, ServerInTests.config(), target))
                .isInstanceOf(UnusableBackupException.class)
                .hasMessageContaining("SEXTANT_SECRETS_MASTER_KEY");
        assertThatThrownBy(() -> Restore.run(backup, given("x".repeat(43)), target))
                .isInstanceOf(UnusableBackupException.class)
                .hasMessageContaining("another server's");
        Restore.run(backup, given(masterKey()), target);
        server = RunningServer.start(target);
        assertThat(RunningServer.json(tenant.post(server, 0)).path("duplicates").intValue())
                .isEqualTo(LoadedTenant.EVENTS_PER_BATCH);
    }

    private SextantConfig given(String masterKey) throws IOException {
        return ServerInTests.config(Map.of(
                "secrets.master_key",
                masterKey,
                "secrets.platform_key",
                Files.readString(folder.resolve("secret-platform_key")).strip()));
    }

    private String masterKey() throws IOException {
        return Files.readAllLines(folder.resolve("secrets")).stream()
                .filter(line -> line.startsWith("master_key="))
                .map(line -> line.substring("master_key=".length()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("backups"))) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
