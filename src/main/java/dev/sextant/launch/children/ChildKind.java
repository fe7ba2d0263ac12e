package dev.sextant.launch.children;

import java.time.Duration;
import java.util.List;

/** What the children are, and how each is asked to end: politely first. */
enum ChildKind {
    POSTGRES("postgres"),
    REDIS("redis");

    /** A signal, and how long one waits for it to work. */
    record Step(String signal, Duration patience) {}

    private final String text;

    ChildKind(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    List<Step> ending() {
        return switch (this) {
            case POSTGRES ->
                List.of(
                        new Step("INT", Duration.ofSeconds(10)), // "fast": ends sessions, then writes a checkpoint
                        new Step("QUIT", Duration.ofSeconds(3)),
                        new Step("KILL", Duration.ofSeconds(2)));
            case REDIS -> List.of(new Step("TERM", Duration.ofSeconds(5)), new Step("KILL", Duration.ofSeconds(2)));
        };
    }

    /** What the system sends to the child when this process dies. */
    String deathSignal() {
        return ending().getFirst().signal();
    }
}
