package dev.sextant.audit.log;

import dev.sextant.audit.log.AuditRecord.Consumption;
import dev.sextant.audit.log.AuditRecord.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What of a record goes into the tree: canonical JSON (RFC 8785) of all that is not personal, and of a salted hash of what is.
 * Pure. Anybody can make it from an export.
 */
final class Leaf {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Leaf() {}

    static Hash hash(AuditRecord record, Hash personal) {
        return Hash.leaf(entry(record, personal).getBytes(StandardCharsets.UTF_8));
    }

    /** The personal part, with the salt that keeps it from being guessed. */
    static Hash personal(byte[] salt, String address) {
        CanonicalJson json = new CanonicalJson().text("address", address);
        return Hash.salted(salt, json.end().getBytes(StandardCharsets.UTF_8));
    }

    /** The members in the order of their names, as the canonical form wants it. */
    static String entry(AuditRecord record, Hash personal) {
        Request call = record.call();
        Consumption used = record.used();
        return new CanonicalJson()
                .text("actor", record.actor())
                .text("at", time(record.atMillis()))
                .number("bytes_out", used.bytesOut())
                .text("code", record.code())
                .number("cost_units", used.costUnits())
                .number("elapsed_micros", used.elapsedMicros())
                .number("events", used.events())
                .text("journal", record.source().journal())
                .text("kind", record.kind())
                .text("operation", call.operation())
                .text("personal_hash", personal.hex())
                .text("request_id", call.requestId())
                .number("requests", used.requests())
                .text("resource", call.resource())
                .number("sequence", record.source().sequence())
                .number("socket_millis", used.socketMillis())
                .number("status", record.status())
                .text("tenant_id", record.tenant().value())
                .text("trace_id", call.traceId())
                .end();
    }

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }
}
