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
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "edge" -> System.exit(EdgeBenchmark.run(EdgeParameters.read(arguments)));
            case "queries" -> System.exit(QueriesBenchmark.run(QueriesParameters.read(arguments)));
            case "defence" -> System.exit(DefenceBenchmark.run(DefenceParameters.read(arguments)));
            case "cluster" -> System.exit(ClusterBenchmark.run(ClusterParameters.read(arguments)));
            default -> {
                err.println("usage: ./sextant perf edge [--pairs N] [--seconds N] [--warm-up N] [--connections N]");
                err.println("       ./sextant perf queries [--only %s] [--pairs N] [--events N] [--data DIR]"
                        .formatted(String.join(",", QueriesParameters.ALL)));
                err.println(
                        "       ./sextant perf defence [--pairs N] [--seconds N] [--connections N] [--per-second N]");
                err.println("       ./sextant perf cluster [--only %s] [--nodes 1,2,3] [--warm-up N] [--seconds N]"
                        .formatted(String.join(",", ClusterParameters.ALL)));
                System.exit(EXIT_USAGE);
            }
        }
    }
}
