package dev.sextant.audit.log;

import java.time.Instant;

/**
 * What a log was at some time, signed.
 *
 * @param treeSize how many records it had
 * @param rootHash the hash over all of them, in hex
 * @param at when it was signed
 * @param signed a JWS whose payload says the same, checked with the keys at {@code /.well-known/jwks.json}
 */
public record SignedHead(String tenantId, long treeSize, String rootHash, Instant at, String signed) {

    /** The type of the JWS. */
    static final String TYPE = "audit-tree-head+jws";

    /** The payload of the JWS. */
    record Statement(String tenantId, long treeSize, String rootHash, Instant at) {}
}
