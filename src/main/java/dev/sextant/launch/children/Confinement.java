package dev.sextant.launch.children;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What stands before a child's command. Every part replaces itself by the next one, so that the process we started is
 * the server itself, with its number.
 *
 * @param isRoot whether this process runs as root, which PostgreSQL refuses to
 * @param hasSetsid whether a child can have a session of its own
 * @param tiesToParent whether the system can be asked to signal the child when the thread that started it ends
 */
record Confinement(boolean isRoot, boolean hasSetsid, boolean tiesToParent) {

    /** As the variables begin that are settings of a server. */
    private static final String SETTING = "SEXTANT_";

    static Confinement find() {
        return new Confinement(runsAsRoot(), works("setsid", "true"), works("setpriv", "--pdeathsig", "TERM", "true"));
    }

    /** Ready to start: confined, deaf, and without this process's environment; nodes have the settings that are in it. */
    ProcessBuilder process(ChildKind kind, List<String> command) {
        ProcessBuilder process = new ProcessBuilder(wrap(kind, command))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true);
        process.environment().keySet().removeIf(name -> !hears(kind, name));
        process.environment().put("LC_ALL", "C");
        return process;
    }

    /** Whether a child is given this variable of ours. */
    static boolean hears(ChildKind kind, String variable) {
        return "PATH".equals(variable) || (kind == ChildKind.NODE && variable.startsWith(SETTING));
    }

    private List<String> wrap(ChildKind kind, List<String> command) {
        List<String> wrapped = new ArrayList<>();
        if (hasSetsid) {
            // A session of its own: Ctrl-C in the terminal is for this process, which then ends its children in order.
            wrapped.add("setsid");
        }
        if (kind == ChildKind.POSTGRES && isRoot) {
            // In a user namespace that maps nobody the server is no longer root, while its files stay root's.
            wrapped.addAll(List.of("unshare", "--user"));
        }
        if (tiesToParent) {
            // After unshare: a change of credentials would cancel it.
            wrapped.addAll(List.of("setpriv", "--pdeathsig", kind.deathSignal()));
        }
        wrapped.addAll(command);
        return wrapped;
    }

    /** Refuses where PostgreSQL could not run. */
    void check() {
        if (isRoot && !works("unshare", "--user", "true")) {
            throw new CannotStartException(
                    "PostgreSQL does not run as root, and this machine allows no user namespaces to hide that in:"
                            + " start the server as an ordinary user, or set postgres.mode: external",
                    null);
        }
    }

    private static boolean runsAsRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
