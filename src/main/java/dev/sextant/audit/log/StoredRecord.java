package dev.sextant.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * A record in its place.
 *
 * @param leafIndex from 0
 * @param leafHash as it is stored
 * @param personalHash as it is stored
 * @param salt null where the personal part was erased
 */
@SuppressWarnings("ArrayRecordComponent") // the salt is only ever hashed
record StoredRecord(long leafIndex, AuditRecord record, Hash leafHash, Hash personalHash, byte @Nullable [] salt) {

    /** Whether the record is the one that its leaf was made of. */
    boolean isWhole() {
        return Leaf.hash(record, personalHash).equals(leafHash);
    }

    /** Whether the personal part is the one the record was made with; what was erased cannot be wrong. */
    boolean isPersonalPartWhole() {
        return salt == null || Leaf.personal(salt, record.address()).equals(personalHash);
    }
}
