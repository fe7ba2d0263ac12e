package dev.sextant.audit.log;

import java.util.List;

/** Proves that one tree is the beginning of another; all hashes in hex. Source: RFC 9162, section 2.1.4. */
record ConsistencyProof(long fromSize, long toSize, String fromRootHash, String toRootHash, List<String> path) {

    ConsistencyProof {
        path = List.copyOf(path);
    }
}
