package dev.sextant.launch;

import dev.sextant.audit.log.OfflineCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sextant verify-audit}: checks an exported audit log; needs no server. */
@Command(
        name = "verify-audit",
        description = "Check an exported audit log: POST /api/v2/audit/export.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Nothing was changed.",
            "1:Something was: it is named; or it cannot be said.",
            "66:The file cannot be read."
        },
        mixinStandardHelpOptions = true)
final class VerifyAuditCommand implements Callable<Integer> {

    static final int EXIT_CHANGED = 1;

    /** The input is not there, or is something else (sysexits.h). */
    static final int EXIT_NO_INPUT = 66;

    @Spec
    @Nullable
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The export.")
    @Nullable
    private Path file;

    @Option(
            names = "--keys",
            paramLabel = "JWKS",
            description = "Believe these keys, a copy of /.well-known/jwks.json, and not those in the export.")
    @Nullable
    private Path keys;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path export = Objects.requireNonNull(file);
        try (BufferedReader reader = Files.newBufferedReader(export)) {
            OfflineCheck.Report report = OfflineCheck.check(reader, keys == null ? null : Files.readString(keys));
            report.failures().forEach(out::println);
            report.withdrawnKeys()
                    .forEach(key -> out.println("Note: the key %s signed heads in this file and was withdrawn at %s."
                            .formatted(key.keyId(), key.withdrawnAt())));
            out.println(sentence(report));
            return report.isValid() ? 0 : EXIT_CHANGED;
        } catch (NoSuchFileException e) {
            out.println("There is no file " + e.getFile() + ".");
            return EXIT_NO_INPUT;
        } catch (CharacterCodingException _) {
            out.println(export + " cannot be checked: it is not text, and so no exported audit log.");
            return EXIT_NO_INPUT;
        } catch (FileSystemException e) {
            out.println(e.getFile() + " cannot be read.");
            return EXIT_NO_INPUT;
        } catch (IOException e) {
            out.println(export + " cannot be checked: " + e.getMessage() + ".");
            return EXIT_NO_INPUT;
        } finally {
            out.flush();
        }
    }

    private String sentence(OfflineCheck.Report report) {
        if (!report.failures().isEmpty()) {
            return "The log of %s was changed.".formatted(report.tenantId());
        }
        return report.isValid()
                ? "%d records of %s are as they were written; root %s, signed by %s%s"
                        .formatted(
                                report.records(),
                                report.tenantId(),
                                report.rootHash(),
                                report.keyId(),
                                keys == null ? " (a key of the file's own: compare it, or name keys with --keys)" : "")
                : ("Whether the log of %s was changed cannot be said: its head is signed by a key that is not among those given"
                                + " (%s). Fetch the keys anew, from a server that you trust.")
                        .formatted(report.tenantId(), report.unknownKeyId());
    }
}
