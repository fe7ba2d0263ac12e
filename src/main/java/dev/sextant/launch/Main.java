package dev.sextant.launch;

import dev.sextant.launch.children.CannotStartException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program, by its subcommands. */
@Command(
        name = "sextant",
        description = "A multi-tenant analytics API server.",
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            ClusterCommand.class,
            SecretsCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            VerifyAuditCommand.class
        },
        mixinStandardHelpOptions = true)
public final class Main {

    /** The configuration or the command line cannot be used (sysexits.h). */
    static final int EXIT_USAGE = 64;

    /** Something outside keeps the server from starting. */
    static final int EXIT_UNAVAILABLE = 69;

    Main() {}

    public static void main(String[] arguments) {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        System.setProperty(
                "hazelcast.logging.type", "slf4j"); // in its configuration it comes too late for the first lines
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        CommandLine line = new CommandLine(new Main()).setErr(err);
        line.setParameterExceptionHandler((mistake, _) -> {
            err.println(mistake.getMessage());
            mistake.getCommandLine().usage(err);
            return EXIT_USAGE;
        });
        line.setExecutionExceptionHandler((failure, _, _) -> told(failure, err));
        int exit = line.execute(arguments);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    private static int told(Exception failure, PrintWriter err) throws Exception {
        return switch (failure) {
            case ConfigException mistakes -> {
                err.println("The configuration cannot be used:\n" + mistakes.getMessage());
                yield EXIT_USAGE;
            }
            case CannotStartException reason -> {
                err.println(reason.getMessage());
                yield EXIT_UNAVAILABLE;
            }
            default -> throw failure;
        };
    }
}
