package dev.sextant.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.backup.BackupSecrets;
import dev.sextant.backup.Manifest;
import dev.sextant.backup.UnusableBackupException;
import dev.sextant.backup.WholeBackup;
import dev.sextant.kernel.Json;
import dev.sextant.launch.children.CannotStartException;
import dev.sextant.launch.children.LocalServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sextant backup}: has the server that runs on a data folder make a backup, and waits; where none runs, one is started for it. */
@Command(
        name = "backup",
        description = "Make a backup of the server on a data folder, while it runs.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:It is whole.", "1:It was not made.", "69:The data folder cannot be used."},
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    private static final int EXIT_FAILED = 1;
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final int TRIES_MAX = 100;
    private static final String BACKUPS = "/api/v2/admin/backups";

    @Spec
    @Nullable
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "Where to move it; nothing is there yet. By default it stays in backup.folder.")
    @Nullable
    private Path target;

    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        SextantConfig config = place.config();
        Path folder = Path.of(config.node().dataDir());
        if (target != null && Files.exists(target)) {
            out.println(target + " is there already: a backup gets a folder of its own.");
            return EXIT_FAILED;
        }
        try (ServerAtHand server = ServerAtHand.find(config, place.quietConfig(), folder)) {
            JsonNode begun = json(begin(server.http()));
            if (!begun.has("operation_id")) {
                out.println(begun.path("detail").asText("The server does not make one."));
                return EXIT_FAILED;
            }
            JsonNode ended = untilOver(server.http(), begun.path("operation_id").asText(), out);
            if (!ended.path("status").asText().equals("succeeded")) {
                out.println(ended.at("/problem/detail").asText("The backup was not made."));
                return EXIT_FAILED;
            }
            return tell(
                    moved(folder.resolve(config.backup().folder())
                            .resolve(begun.path("name").asText())),
                    out);
        } catch (UnusableBackupException e) {
            out.println(e.getMessage());
            return EXIT_FAILED;
        } catch (IOException e) {
            out.println("The backup broke off, as far as can be seen from here: " + e.getMessage());
            return EXIT_FAILED;
        } finally {
            out.flush();
        }
    }

    /** A server that has just started, or is busy, may not be able to tell yet who asks. */
    private static LocalServer.Answer begin(LocalServer server) throws IOException, InterruptedException {
        LocalServer.Answer answer = server.post(BACKUPS, "{}");
        for (int tries = 1; answer.status() == 503 && tries < TRIES_MAX; tries++) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            answer = server.post(BACKUPS, "{}");
        }
        return answer;
    }

    private static JsonNode untilOver(LocalServer server, String id, PrintWriter out)
            throws IOException, InterruptedException {
        String told = "";
        while (true) {
            LocalServer.Answer answer = server.get("/api/v2/operations/" + id);
            JsonNode operation = json(answer);
            if (answer.status() < 429 && !operation.path("status").asText().equals("running")) {
                return operation; // or refused for good; what is too busy to tell is asked again
            }
            String now = "%d %%".formatted((int) (operation.path("progress").asDouble() * 100));
            if (!now.equals(told)) {
                out.println(now);
                out.flush();
                told = now;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private static JsonNode json(LocalServer.Answer answer) {
        try {
            return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CannotStartException("The server does not answer as it should: status " + answer.status(), e);
        }
    }

    private Path moved(Path made) throws IOException, UnusableBackupException {
        return target == null ? made : WholeBackup.open(made).moveTo(target.toAbsolutePath());
    }

    private static int tell(Path made, PrintWriter out) throws IOException, UnusableBackupException {
        Manifest manifest = WholeBackup.open(made).manifest();
        out.println("%s is whole: %d parts, %d bytes; events of one tenant waited for %d ms at most"
                .formatted(made, manifest.parts().size(), manifest.bytes(), manifest.longestPauseMillis()));
        out.println(
                manifest.secrets() == BackupSecrets.SEALED
                        ? "The secrets in it are sealed by backup.passphrase: keep that, nothing can be restored without it."
                        : "WARNING: the secrets are NOT in it, for the server has no backup.passphrase. Keep master_key in the"
                                + " file secrets, and the file secret-platform_key, of the data folder: nothing can be restored"
                                + " without them.");
        return 0;
    }
}
