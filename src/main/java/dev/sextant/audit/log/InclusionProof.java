package dev.sextant.audit.log;

import java.util.List;

/**
 * Proves that a leaf is in a tree: with these hashes, from the leaf up, its hash becomes the root's. All in hex. Source: RFC
 * 9162, section 2.1.3.
 */
record InclusionProof(long leafIndex, long treeSize, String leafHash, String rootHash, List<String> path) {

    InclusionProof {
        path = List.copyOf(path);
    }
}
