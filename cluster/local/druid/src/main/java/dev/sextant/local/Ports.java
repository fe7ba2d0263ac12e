package dev.sextant.local;

/** Where the services listen: one port after the other, from the broker's on. */
record Ports(int broker) {

    int coordinator() {
        return broker + 1;
    }

    int historical() {
        return broker + 2;
    }

    int indexer() {
        return broker + 3;
    }

    int zooKeeper() {
        return broker + 4;
    }

    int derby() {
        return broker + 5;
    }
}
