package dev.sextant.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A network of a few places on this machine, each a network namespace with an address of its own, that can be cut off from
 * each other; needs root. What runs that were killed left behind is deleted first: the names have the run's process in them.
 */
final class PartedNetwork implements AutoCloseable {

    private static final Pattern PLACE = Pattern.compile("sxt-([0-9]+)-[0-9]+");
    private static final Pattern BRIDGE = Pattern.compile("\\bsxt([0-9]+)b\\b");
    private static final int SUBNETS = 250;

    private final long run = ProcessHandle.current().pid();
    private final String subnet = "10.77.%d.".formatted(1 + run % SUBNETS);
    private final int places;

    /** @param places how many; they are numbered from 1 on */
    PartedNetwork(int places) {
        this.places = places;
        deleteLeftOvers();
        ip("link", "add", bridge(), "type", "bridge");
        ip("address", "add", hostAddress() + "/24", "dev", bridge());
        ip("link", "set", bridge(), "up");
        numbers().forEach(this::add);
    }

    /** Whether this process may have one. */
    static boolean isPossible() {
        String name = "sxt-%d-0".formatted(ProcessHandle.current().pid());
        try {
            ip("netns", "add", name);
            ip("netns", "delete", name);
            return true;
        } catch (IllegalStateException | UncheckedIOException _) {
            return false;
        }
    }

    private void add(int place) {
        ip("netns", "add", name(place));
        ip("link", "add", cable(place), "type", "veth", "peer", "name", "eth0", "netns", name(place));
        ip("link", "set", cable(place), "master", bridge(), "up");
        ip("-netns", name(place), "link", "set", "lo", "up");
        ip("-netns", name(place), "address", "add", address(place) + "/24", "dev", "eth0");
        ip("-netns", name(place), "link", "set", "eth0", "up");
    }

    private IntStream numbers() {
        return IntStream.rangeClosed(1, places);
    }

    /** Where this process is reached from all places. */
    String hostAddress() {
        return subnet + 1;
    }

    String address(int place) {
        return subnet + (10 + place);
    }

    /** The command, to be run at that place; it ends when the thread that starts it does. */
    List<String> at(int place, List<String> command) {
        List<String> there =
                new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "ip", "netns", "exec", name(place)));
        there.addAll(command);
        return there;
    }

    /** Nothing gets there, and nothing from there; nobody is told so. */
    void unplug(int place) {
        ip("link", "set", cable(place), "down");
    }

    void plug(int place) {
        ip("link", "set", cable(place), "up");
    }

    /** Parts one place from the others; all of them still reach this process. */
    void part(int place) {
        route("add", place);
    }

    void unite(int place) {
        route("delete", place);
    }

    private void route(String what, int place) {
        numbers().filter(other -> other != place).forEach(other -> {
            ip("-netns", name(place), "route", what, "blackhole", address(other) + "/32");
            ip("-netns", name(other), "route", what, "blackhole", address(place) + "/32");
        });
    }

    private String name(int place) {
        return "sxt-%d-%d".formatted(run, place);
    }

    private String cable(int place) {
        return "sxt%dv%d".formatted(run, place);
    }

    private String bridge() {
        return "sxt%db".formatted(run);
    }

    @Override
    public void close() {
        numbers().forEach(place -> ip("netns", "delete", name(place)));
        ip("link", "delete", bridge());
    }

    private static void deleteLeftOvers() {
        Matcher left = PLACE.matcher(ip("netns", "list"));
        while (left.find()) {
            if (isOver(left.group(1))) {
                ip("netns", "delete", left.group());
            }
        }
        Matcher bridges = BRIDGE.matcher(ip("-oneline", "link", "show", "type", "bridge"));
        while (bridges.find()) {
            if (isOver(bridges.group(1))) {
                ip("link", "delete", bridges.group());
            }
        }
    }

    private static boolean isOver(String run) {
        return ProcessHandle.of(Long.parseLong(run)).isEmpty();
    }

    /** What the system's program says. */
    private static String ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
