package dev.sextant.audit.log;

import dev.sextant.audit.log.AuditRecord.Consumption;
import dev.sextant.audit.log.AuditRecord.Request;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is told.
 *
 * @param address null where it was erased
 * @param leafHash in hex
 * @param personalHash in hex
 */
record AuditEvent(
        long leafIndex,
        Instant at,
        String kind,
        String actor,
        String operation,
        String resource,
        int status,
        String code,
        String requestId,
        String traceId,
        Consumption used,
        @Nullable String address,
        String leafHash,
        String personalHash) {

    static AuditEvent of(StoredRecord stored) {
        AuditRecord record = stored.record();
        Request call = record.call();
        return new AuditEvent(
                stored.leafIndex(),
                Instant.ofEpochMilli(record.atMillis()),
                record.kind(),
                record.actor(),
                call.operation(),
                call.resource(),
                record.status(),
                record.code(),
                call.requestId(),
                call.traceId(),
                record.used(),
                stored.salt() == null ? null : record.address(),
                stored.leafHash().hex(),
                stored.personalHash().hex());
    }
}
