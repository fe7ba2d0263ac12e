package dev.sextant.launch.children;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Finds ports on the loopback address. */
final class Ports {

    /** Below those that Linux gives to outgoing connections, so that none of these sits on it after a restart. */
    private static final int LOWEST = 15_000;

    private static final int HIGHEST = 32_000;
    private static final int TRIES_MAX = 1000;

    private Ports() {}

    /** The first of {@code count} ports one after the other: the wanted one where they are free, else another. */
    static int free(int wanted, int count, RandomGenerator random) {
        int port = wanted;
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            if (port != 0 && areFree(port, count)) {
                return port;
            }
            port = random.nextInt(LOWEST, HIGHEST);
        }
        throw new CannotStartException("No free port was found on 127.0.0.1", null);
    }

    static boolean areFree(int first, int count) {
        return IntStream.range(first, first + count).allMatch(Ports::isFree);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
