package dev.sextant.launch;

import dev.sextant.backup.Manifest;
import dev.sextant.backup.UnusableBackupException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sextant restore}: makes a new data folder of a backup; needs no server. */
@Command(
        name = "restore",
        description = "Make a new data folder of a backup.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:It is done.",
            "1:It broke off.",
            "66:The backup cannot be used.",
            "69:The data folder cannot be used."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    private static final int EXIT_FAILED = 1;

    @Spec
    @Nullable
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The backup.")
    @Nullable
    private Path backup;

    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        SextantConfig config = place.config();
        Path folder = Path.of(config.node().dataDir());
        try {
            Manifest manifest = Restore.run(Objects.requireNonNull(backup), config, folder);
            out.println("%s holds what the backup of %s held: %d parts, %d bytes. Start it with --data-dir %s"
                    .formatted(folder, manifest.begunAt(), manifest.parts().size(), manifest.bytes(), folder));
            return 0;
        } catch (UnusableBackupException e) {
            out.println(e.getMessage());
            return VerifyAuditCommand.EXIT_NO_INPUT;
        } catch (IOException e) {
            out.println("The restore broke off, and can be begun again: " + e.getMessage());
            return EXIT_FAILED;
        } finally {
            out.flush();
        }
    }
}
