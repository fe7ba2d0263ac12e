package dev.sextant.launch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.launch.Crowd.Kind;
import dev.sextant.launch.Crowd.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How callers fared while something died. */
final class FaultReport {

    private static final Path FILE = Path.of("perf", "results", "soak-cluster.json");
    private static final Set<Kind> PACED = EnumSet.of(Kind.DASHBOARD, Kind.QUESTION, Kind.EVENTS);
    private static final double SECOND = 1e9;

    /**
     * When it happened, of {@link System#nanoTime}.
     *
     * @param knownNanos when it could be known
     * @param backNanos from when the seconds are counted: all was there again, or nothing was away
     */
    record Fault(long knownNanos, long backNanos) {}

    private final ObjectNode report = JsonNodeFactory.instance.objectNode();
    private final ArrayNode faults;

    FaultReport(int perSecond) {
        report.put("date", Instant.now().toString());
        report.put("requests_per_second", perSecond);
        report.put("nodes", 3);
        faults = report.putArray("faults");
    }

    void add(String name, List<Outcome> outcomes, Fault fault) {
        long moment = fault.backNanos();
        ObjectNode line = faults.addObject().put("fault", name).put("requests", outcomes.size());
        ObjectNode statuses = line.putObject("failed");
        outcomes.stream()
                .filter(outcome -> !outcome.isGood())
                .collect(Collectors.groupingBy(
                        outcome -> outcome.kind() + " " + outcome.status(), Collectors.counting()))
                .forEach(statuses::put);
        line.put("stale", outcomes.stream().filter(Outcome::isStale).count());
        refusals(line, outcomes, fault.knownNanos());
        line.put(
                "last_failure_after_s",
                outcomes.stream()
                        .filter(outcome -> !outcome.isGood())
                        .mapToDouble(outcome -> seconds(outcome, moment))
                        .max()
                        .orElse(0));
        ArrayNode seconds = line.putArray("second_p50_p99_max_ms");
        outcomes.stream()
                .filter(outcome -> PACED.contains(outcome.kind()))
                .collect(Collectors.groupingBy(outcome -> Math.floorDiv((long) seconds(outcome, moment), 1)))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> seconds.add(second(entry.getKey(), entry.getValue())));
        System.out.println(line.toPrettyString());
    }

    private static void refusals(ObjectNode line, List<Outcome> outcomes, long knownNanos) {
        List<Outcome> refused =
                outcomes.stream().filter(outcome -> outcome.status() == 503).toList();
        if (!refused.isEmpty()) {
            refusals(line, "refusal", sorted(refused));
            refusals(
                    line,
                    "refusal_since_known",
                    refused.stream()
                            .map(outcome -> outcome.millisSince(knownNanos))
                            .sorted()
                            .toList());
        }
    }

    private static void refusals(ObjectNode line, String name, List<Double> sortedMillis) {
        line.put(name + "_p50_ms", at(sortedMillis, 0.5));
        line.put(name + "_p99_ms", at(sortedMillis, 0.99));
        line.put(name + "_max_ms", at(sortedMillis, 1));
    }

    private static double seconds(Outcome outcome, long moment) {
        return (outcome.dueNanos() - moment) / SECOND;
    }

    private static String second(long second, List<Outcome> outcomes) {
        List<Double> millis = sorted(outcomes);
        return "%d: %.1f %.1f %.1f of %d"
                .formatted(second, at(millis, 0.5), at(millis, 0.99), millis.getLast(), millis.size());
    }

    private static List<Double> sorted(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::millis).sorted().toList();
    }

    private static double at(List<Double> sorted, double part) {
        return Math.round(sorted.get((int) (part * (sorted.size() - 1))) * 10) / 10.0;
    }

    void write() {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, report.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
