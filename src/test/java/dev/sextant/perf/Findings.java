package dev.sextant.perf;

import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what is found, printing each line as it comes. For one thread. */
final class Findings {

    /** What is written. */
    record Report(Surroundings surroundings, Record parameters, List<Finding> findings) {}

    private final PrintStream out;
    private final List<Finding> all = new ArrayList<>();

    Findings(PrintStream out) {
        this.out = out;
    }

    /** @param figures names and numbers in turn */
    void add(String part, String name, @Nullable Boolean holds, Object... figures) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < figures.length; i += 2) {
            named.put((String) figures[i], ((Number) figures[i + 1]).doubleValue());
        }
        all.add(new Finding(part, name, named, holds));
        StringBuilder line = new StringBuilder("%-11s %-26s".formatted(part, name));
        named.forEach((figure, value) -> line.append(" %s %s".formatted(figure, shown(value))));
        if (holds != null) {
            line.append(holds ? "  holds" : "  FAILS");
        }
        out.println(line);
    }

    private static String shown(double value) {
        return Math.abs(value) >= 100 ? "%,.0f".formatted(value) : "%.2f".formatted(value);
    }

    void write(Path file, Surroundings surroundings, Record parameters) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Report report = new Report(surroundings, parameters, all);
        Files.writeString(file, Json.tree(Json.write(report)).toPrettyString() + "\n");
    }
}
