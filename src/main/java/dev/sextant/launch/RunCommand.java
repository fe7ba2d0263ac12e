package dev.sextant.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sextant run}: starts a server, and returns when it is ready; the server ends with the process. */
@Command(name = "run", description = "Start the server.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private final StartOptions options = new StartOptions();

    @Override
    public Integer call() {
        new Start(options, false).start();
        return 0;
    }
}
