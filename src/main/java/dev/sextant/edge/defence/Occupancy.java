package dev.sextant.edge.defence;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections, of each address and in all, and lets no more in than there may be. Any thread. */
final class Occupancy {

    private final int allMax;
    private final int perAddressMax;
    private final AtomicInteger all = new AtomicInteger();

    /** Holds an entry for each address that has a connection, and so no more than {@code allMax}. */
    private final ConcurrentMap<AddressBlock, Integer> blockToCount = new ConcurrentHashMap<>();

    Occupancy(int allMax, int perAddressMax) {
        this.allMax = allMax;
        this.perAddressMax = perAddressMax;
    }

    /** Whether there was room. Then {@link #leave} must follow, once. */
    boolean enter(InetAddress address) {
        if (all.incrementAndGet() > allMax) {
            all.decrementAndGet();
            return false;
        }
        AddressBlock block = AddressBlock.of(address);
        if (blockToCount.merge(block, 1, Integer::sum) > perAddressMax) {
            leave(block);
            return false;
        }
        return true;
    }

    /** Of an address that may have any number. */
    boolean enterUnbounded(InetAddress address) {
        if (all.incrementAndGet() > allMax) {
            all.decrementAndGet();
            return false;
        }
        blockToCount.merge(AddressBlock.of(address), 1, Integer::sum);
        return true;
    }

    void leave(InetAddress address) {
        leave(AddressBlock.of(address));
    }

    private void leave(AddressBlock block) {
        blockToCount.computeIfPresent(block, (_, count) -> count == 1 ? null : count - 1);
        all.decrementAndGet();
    }

    int all() {
        return all.get();
    }

    int addresses() {
        return blockToCount.size();
    }
}
