package dev.sextant.audit.log;

import dev.sextant.audit.log.TreeNode.Place;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * All that must be known of a tree to append to it: the roots of the whole subtrees it consists of, the largest first, one
 * for each bit of its size that is set. Not thread-safe.
 */
final class Peaks {

    private final Deque<Hash> hashes = new ArrayDeque<>();
    private long size;

    private Peaks(long size, List<Hash> largestFirst) {
        this.size = size;
        hashes.addAll(largestFirst);
    }

    static Peaks none() {
        return new Peaks(0, List.of());
    }

    /** @param bytes as {@link #bytes} made them */
    static Peaks read(long size, byte[] bytes) {
        if (bytes.length != Hash.LENGTH * Long.bitCount(size)) {
            throw new IllegalArgumentException("A tree of %d leaves has other peaks".formatted(size));
        }
        List<Hash> hashes = new ArrayList<>();
        ByteBuffer all = ByteBuffer.wrap(bytes);
        while (all.hasRemaining()) {
            byte[] hash = new byte[Hash.LENGTH];
            all.get(hash);
            hashes.add(new Hash(hash));
        }
        return new Peaks(size, hashes);
    }

    byte[] bytes() {
        ByteBuffer all = ByteBuffer.allocate(Hash.LENGTH * hashes.size());
        hashes.forEach(hash -> all.put(hash.bytes()));
        return all.array();
    }

    long size() {
        return size;
    }

    /** Appends a leaf, and tells of each subtree that it makes whole, the smallest first. */
    void append(Hash leaf, Consumer<TreeNode> whole) {
        Hash hash = leaf;
        long position = size;
        for (int level = 0; (position & 1) == 1; level++) {
            hash = Hash.node(hashes.removeLast(), hash);
            position >>= 1;
            whole.accept(new TreeNode(new Place(level + 1, position), hash));
        }
        hashes.addLast(hash);
        size++;
    }

    /** The hash of the whole tree. */
    Hash root() {
        if (hashes.isEmpty()) {
            return Hash.EMPTY;
        }
        Iterator<Hash> smallestFirst = hashes.descendingIterator();
        Hash root = smallestFirst.next();
        while (smallestFirst.hasNext()) {
            root = Hash.node(smallestFirst.next(), root);
        }
        return root;
    }
}
