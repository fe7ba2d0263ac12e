package dev.sextant.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Plays a game: first the seeds that ever failed, each to its end; then from a fresh seed, which is printed, until time or
 * steps are spent. Properties of the JVM that {@code ./sextant soak} sets say otherwise:
 *
 * <ul>
 *   <li>{@code sextant.soak}, the game's name: in full, all rounds though some fail, and with a report;
 *   <li>{@code sextant.soak.steps} and {@code sextant.soak.seconds}: how far, whichever ends first;
 *   <li>{@code sextant.seed}: the seed of the first round. Outside of a long run, that round only.
 * </ul>
 */
public final class Soak {

    private static final Duration BRIEF = Duration.ofSeconds(20);
    private static final Duration ENDLESS = Duration.ofDays(365);
    private static final int FAILURES_MAX = 10;

    private final String name;
    private final long stepsPerRound;
    private final long stepsInFull;
    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private final List<SoakReport.Failure> failures = new ArrayList<>();
    private final boolean inFull;
    private long rounds;
    private long steps;

    private Soak(String name, long stepsPerRound, long stepsInFull) {
        this.name = name;
        this.stepsPerRound = stepsPerRound;
        this.stepsInFull = stepsInFull;
        this.inFull = name.equals(System.getProperty("sextant.soak"));
    }

    /**
     * A game that is found under this name.
     *
     * @param stepsPerRound at most; a round starts from nothing, and short ones are easy to understand
     * @param stepsInFull how many steps a long run makes, unless it is told otherwise
     */
    public static Soak of(String name, long stepsPerRound, long stepsInFull) {
        return new Soak(name, stepsPerRound, stepsInFull);
    }

    /** Whether this is the long version: some games are played with more of everything then. */
    public boolean inFull() {
        return inFull;
    }

    /** How many steps were made. */
    public long steps() {
        return steps;
    }

    /** Fails with the first round's failure, which names its seed. */
    public void play(Game game) throws IOException {
        Long given = Long.getLong("sextant.seed");
        long first = given == null ? new SplittableRandom().nextLong() : given;
        if (given != null && !inFull) {
            playRound(game, first, Budget.endless());
            return;
        }
        if (given == null) {
            for (long seed : seedsThatFailed()) {
                playRound(game, seed, Budget.endless());
            }
        }
        playFrom(game, first);
    }

    private void playFrom(Game game, long first) throws IOException {
        out.printf("soak %s: from seed %d%n", name, first);
        long start = System.nanoTime();
        Budget budget = budget();
        for (long seed = first; !budget.isSpent(); seed = new SplittableRandom(seed).nextLong()) {
            playRound(game, seed, budget);
        }
        SoakReport report = report(first, (System.nanoTime() - start) / 1e9);
        out.println(report.summary());
        if (inFull) {
            report.write();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.getFirst().message());
        }
    }

    private Budget budget() {
        Long stepsGiven = Long.getLong("sextant.soak.steps");
        Long secondsGiven = Long.getLong("sextant.soak.seconds");
        if (stepsGiven != null || secondsGiven != null) {
            return Budget.of(
                    stepsGiven == null ? Long.MAX_VALUE : stepsGiven,
                    secondsGiven == null ? ENDLESS : Duration.ofSeconds(secondsGiven));
        }
        return inFull ? Budget.of(stepsInFull, ENDLESS) : Budget.of(Long.MAX_VALUE, BRIEF);
    }

    private void playRound(Game game, long seed, Budget budget) {
        Round round = new Round(seed, stepsPerRound, budget);
        rounds++;
        try {
            game.play(round);
        } catch (Exception | AssertionError e) {
            failed(seed, e);
        } finally {
            steps += round.steps();
        }
    }

    private void failed(long seed, Throwable failure) {
        String message = "soak %s fails with seed %d (again: -Dsextant.seed=%d; keep it in soak/%s.seeds)%n%s"
                .formatted(name, seed, seed, name, failure);
        failures.add(new SoakReport.Failure(seed, message));
        out.println(message);
        if (!inFull || failures.size() == FAILURES_MAX) {
            throw new AssertionError(message, failure);
        }
    }

    private List<Long> seedsThatFailed() throws IOException {
        try (InputStream lines = Soak.class.getResourceAsStream("/soak/" + name + ".seeds")) {
            return lines == null
                    ? List.of()
                    : new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(line -> !line.isEmpty())
                            .map(Long::valueOf)
                            .toList();
        }
    }

    private SoakReport report(long first, double seconds) throws IOException {
        Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").start();
        return new SoakReport(
                name,
                Instant.now(),
                new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                first,
                rounds,
                steps,
                seconds,
                failures);
    }
}
