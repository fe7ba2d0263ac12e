package dev.sextant.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.audit.log.Subtrees.Span;
import dev.sextant.audit.log.TreeNode.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proofs are held against the test vectors of Certificate Transparency, and against verifiers written for this test. */
class SubtreesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void makesTheKnownRootFromStoredSubtrees(int size) {
        Hash root = Subtrees.hash(new Span(0, size), KnownTree.nodes(8));

        assertThat(root.hex()).isEqualTo(KnownTree.ROOTS.get(size));
    }

    @Test
    void provesInclusionAsTheKnownVectorDoes() {
        assertThat(hexes(Subtrees.inclusion(0, 8)))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    }

    @Test
    void provesConsistencyAsTheKnownVectorDoes() {
        assertThat(hexes(Subtrees.consistency(6, 8)))
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    }

    @Test
    void everyLeafOfEveryTreeIsProven() {
        for (int size = 1; size <= 8; size++) {
            for (int leaf = 0; leaf < size; leaf++) {
                Hash root = rootOf(leaf, size, new ArrayDeque<>(hashes(Subtrees.inclusion(leaf, size))));

                assertThat(root.hex()).isEqualTo(KnownTree.ROOTS.get(size));
            }
        }
    }

    /** By the definition of the path, from the root down: RFC 9162, section 2.1.3.1. */
    private static Hash rootOf(int leaf, int size, Deque<Hash> path) {
        if (size == 1) {
            return KnownTree.leaf(leaf);
        }
        int left = Integer.highestOneBit(size - 1);
        Hash sibling = path.removeLast();
        return leaf < left
                ? Hash.node(rootOf(leaf, left, path), sibling)
                : Hash.node(sibling, rootWithin(leaf, left, size, path));
    }

    private static Hash rootWithin(int leaf, int from, int to, Deque<Hash> path) {
        if (to - from == 1) {
            return KnownTree.leaf(leaf);
        }
        int split = from + Integer.highestOneBit(to - from - 1);
        Hash sibling = path.removeLast();
        return leaf < split
                ? Hash.node(rootWithin(leaf, from, split, path), sibling)
                : Hash.node(sibling, rootWithin(leaf, split, to, path));
    }

    @Test
    void everyTreeIsProvenToBeTheBeginningOfEveryLaterOne() {
        for (int after = 1; after <= 8; after++) {
            for (int before = 1; before <= after; before++) {
                assertThat(isConsistent(before, after, hashes(Subtrees.consistency(before, after))))
                        .as("%d in %d", before, after)
                        .isTrue();
            }
        }
    }

    /** Source: RFC 9162, section 2.1.4.2, step by step. */
    private static boolean isConsistent(int first, int second, List<Hash> proof) {
        Hash firstRoot = Hash.of(KnownTree.ROOTS.get(first));
        Hash secondRoot = Hash.of(KnownTree.ROOTS.get(second));
        if (first == second) {
            return proof.isEmpty();
        }
        Deque<Hash> path = new ArrayDeque<>(proof);
        if (Integer.bitCount(first) == 1) {
            path.addFirst(firstRoot);
        }
        int fn = first - 1;
        int sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        Hash fr = path.removeFirst();
        Hash sr = fr;
        for (Hash c : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = Hash.node(c, fr);
                sr = Hash.node(c, sr);
                while (fn != 0 && (fn & 1) == 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = Hash.node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return fr.equals(firstRoot) && sr.equals(secondRoot) && sn == 0;
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> Subtrees.hash(new Span(0, 3), Map.of())).hasMessageContaining("level=1, position=0");
    }

    @Test
    void needsAsManySubtreesAsTheTreeHasPeaks() {
        assertThat(Subtrees.needed(List.of(new Span(0, 7))))
                .containsExactly(new Place(2, 0), new Place(1, 2), new Place(0, 6));
    }

    private static List<Hash> hashes(List<Span> spans) {
        Map<Place, Hash> nodes = KnownTree.nodes(8);
        return spans.stream().map(span -> Subtrees.hash(span, nodes)).toList();
    }

    private static List<String> hexes(List<Span> spans) {
        return hashes(spans).stream().map(Hash::hex).toList();
    }
}
