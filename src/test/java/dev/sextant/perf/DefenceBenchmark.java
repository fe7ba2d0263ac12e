package dev.sextant.perf;

import dev.sextant.launch.children.DataFolder;
import dev.sextant.perf.Subject.Customer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a tenant notices of callers who dribble and of callers who guess keys. */
final class DefenceBenchmark {

    private static final Path RESULT = Path.of("perf/results/defence.json");
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final int EVENTS = 200_000;

    private DefenceBenchmark() {}

    /** The exit status. */
    static int run(DefenceParameters parameters) throws Exception {
        double loadBefore = CpuClock.load();
        Findings findings = new Findings(OUT);
        Path folder = Files.createTempDirectory("sextant-perf-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> DataFolder.delete(folder), "clean-up"));
        try (Subject subject = Subject.start(folder)) {
            Customer good = subject.load(EVENTS);
            new DefencePart(subject, good, parameters).measure(findings);
            findings.write(RESULT, Surroundings.find(loadBefore), parameters);
        }
        return 0;
    }
}
