package dev.sextant.audit.log;

import dev.sextant.audit.log.TreeNode.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Roots and proofs of a tree from the hashes of its whole subtrees: first say which are needed, then use them. Pure. Source:
 * RFC 9162, sections 2.1.1, 2.1.3.1 and 2.1.4.1.
 */
final class Subtrees {

    /** Some leaves that stand side by side, {@code to} not included; the tree splits as RFC 9162 splits it. */
    record Span(long from, long to) {

        private boolean isWhole() {
            return Long.bitCount(to - from) == 1;
        }

        private Place place() {
            int level = Long.numberOfTrailingZeros(to - from);
            return new Place(level, from >> level);
        }

        /** The largest power of two that is less than the number of leaves. */
        private long split() {
            return from + Long.highestOneBit(to - from - 1);
        }

        Span left() {
            return new Span(from, split());
        }

        Span right() {
            return new Span(split(), to);
        }
    }

    private Subtrees() {}

    /** The whole subtrees that these spans consist of. */
    static Set<Place> needed(List<Span> spans) {
        Set<Place> places = new LinkedHashSet<>();
        spans.forEach(span -> collect(span, places));
        return places;
    }

    private static void collect(Span span, Set<Place> places) {
        if (span.to() == span.from()) {
            return;
        }
        if (span.isWhole()) {
            places.add(span.place());
        } else {
            collect(span.left(), places);
            collect(span.right(), places);
        }
    }

    /** @param known those that are {@link #needed} */
    static Hash hash(Span span, Map<Place, Hash> known) {
        if (span.to() == span.from()) {
            return Hash.EMPTY;
        }
        if (span.isWhole()) {
            Hash hash = known.get(span.place());
            if (hash == null) {
                throw new IllegalStateException("The hash of %s is not there".formatted(span.place()));
            }
            return hash;
        }
        return Hash.node(hash(span.left(), known), hash(span.right(), known));
    }

    /** What proves that a leaf is in the tree of that size, from the leaf up. */
    static List<Span> inclusion(long leaf, long size) {
        List<Span> proof = new ArrayList<>();
        Span span = new Span(0, size);
        while (span.to() - span.from() > 1) {
            boolean isLeft = leaf < span.left().to();
            proof.addFirst(isLeft ? span.right() : span.left());
            span = isLeft ? span.left() : span.right();
        }
        return proof;
    }

    /** What proves that the tree of size {@code before}, at least 1, is the beginning of that of size {@code after}. */
    static List<Span> consistency(long before, long after) {
        List<Span> proof = new ArrayList<>();
        if (before == after) {
            return proof;
        }
        Span span = new Span(0, after);
        while (span.to() != before) {
            boolean isLeft = before <= span.left().to();
            proof.addFirst(isLeft ? span.right() : span.left());
            span = isLeft ? span.left() : span.right();
        }
        if (span.from() != 0) {
            proof.addFirst(span);
        }
        return proof;
    }
}
