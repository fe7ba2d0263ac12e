package dev.sextant.cluster.members;

import java.util.List;
import java.util.stream.Stream;

/** A host and a port, as {@code 10.0.0.7:5701}. */
record Endpoint(String host, int port) {

    /** @throws IllegalArgumentException where it is none; {@code key} says where it stands */
    static Endpoint read(String key, String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).strip();
        String port = colon < 0 ? "" : text.substring(colon + 1).strip();
        if (host.isEmpty() || !port.matches("[0-9]{1,5}") || !isPort(Integer.parseInt(port))) {
            throw new IllegalArgumentException("%s: '%s' is not of the form host:port".formatted(key, text.strip()));
        }
        return new Endpoint(host, Integer.parseInt(port));
    }

    static boolean isPort(int port) {
        return port >= 1 && port <= 65_535;
    }

    /** Several, with commas between them; none of an empty text. */
    static List<Endpoint> readAll(String key, String text) {
        return text.isBlank()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(one -> read(key, one)).toList();
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
