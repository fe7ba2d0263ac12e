package dev.sextant.launch.children;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the children are, and how each is asked to end: politely first. */
enum ChildKind {
    POSTGRES("postgres", 1),
    REDIS("redis", 1),
    /** The broker's port, and its controller's. */
    KAFKA("kafka", 2),
    /** The broker's port, and those of the other services. */
    DRUID("druid", 6),
    HAPROXY("haproxy", 1),
    /** The edge's port, the admin's, the bus's and the cluster's. */
    NODE("node", 4);

    /** A signal, and how long one waits for it to work. */
    record Step(String signal, Duration patience) {}

    private final String text;
    private final int ports;

    ChildKind(String text, int ports) {
        this.text = text;
        this.ports = ports;
    }

    /** The kind of a child of this name: those of which there are many are numbered, {@code node-2}. */
    static Optional<ChildKind> of(String name) {
        String text = name.replaceFirst("-[0-9]+$", "");
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    String text() {
        return text;
    }

    /** How many ports it takes, one after the other. */
    int ports() {
        return ports;
    }

    List<Step> ending() {
        return switch (this) {
            case POSTGRES ->
                List.of(
                        new Step("INT", Duration.ofSeconds(10)), // "fast": ends sessions, then writes a checkpoint
                        new Step("QUIT", Duration.ofSeconds(3)),
                        new Step("KILL", Duration.ofSeconds(2)));
            case REDIS, HAPROXY ->
                List.of(new Step("TERM", Duration.ofSeconds(5)), new Step("KILL", Duration.ofSeconds(2)));
            case KAFKA, DRUID ->
                List.of(new Step("TERM", Duration.ofSeconds(20)), new Step("KILL", Duration.ofSeconds(2)));
            case NODE -> List.of(new Step("TERM", Duration.ofSeconds(45)), new Step("KILL", Duration.ofSeconds(2)));
        };
    }

    /** What the system sends to the child when this process dies. */
    String deathSignal() {
        return ending().getFirst().signal();
    }
}
