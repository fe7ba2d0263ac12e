package dev.sextant.perf;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Runs the benchmark that the first argument names. */
public final class Perf {

    private static final int EXIT_USAGE = 64;

    private Perf() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        if (arguments.length == 0 || !arguments[0].equals("edge")) {
            err.println("usage: ./sextant perf edge [--pairs N] [--seconds N] [--warm-up N] [--connections N]");
            System.exit(EXIT_USAGE);
        }
        System.exit(EdgeBenchmark.run(EdgeParameters.read(arguments)));
    }
}
