package dev.sextant.audit;

import dev.sextant.audit.log.AuditRecord;
import dev.sextant.audit.log.AuditRecord.Consumption;
import dev.sextant.audit.log.AuditRecord.Request;
import dev.sextant.audit.log.AuditRecord.Source;
import dev.sextant.http.AuditEntry;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.TenantId;

/** Records as the journal holds them; some 200 bytes each. Pure. */
final class EntryCodec {

    /** Goes first, so that a later version of this server still reads what an earlier one left behind. */
    private static final int FORM = 1;

    private EntryCodec() {}

    static FrameWriter write(AuditEntry entry, long atMillis) {
        AuditEntry.Used used = entry.used();
        boolean isCall = entry.kind() == AuditEntry.Kind.CALL;
        return new FrameWriter()
                .number(FORM)
                .text(entry.principal().tenant().value())
                .number(atMillis)
                .text(isCall ? AuditRecord.CALL : AuditRecord.SOCKET)
                .text(entry.principal().actor())
                .text(entry.operationId())
                .text(entry.resource())
                .text(entry.trace().requestId())
                .text(entry.trace().traceId())
                .number(entry.outcome().status())
                .text(entry.outcome().code())
                .number(isCall ? 1 : 0)
                .number(used.costUnits())
                .number(used.events())
                .number(used.bytesOut())
                .number(used.elapsedNanos() / 1000)
                .number(used.socketMillis())
                .number(entry.address().high())
                .number(entry.address().low());
    }

    static FrameWriter write(Counts.Counted counted, long requests) {
        return new FrameWriter()
                .number(FORM)
                .text(TenantId.PLATFORM.value())
                .number(counted.minute() * 60_000)
                .text(AuditRecord.COUNTED)
                .text("nobody")
                .text(counted.operationId())
                .text("")
                .text("")
                .text("")
                .number(counted.status())
                .text(counted.code())
                .number(requests)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .number(counted.address().high())
                .number(counted.address().low());
    }

    /** @throws IllegalStateException where the frame is of a form that this version does not know */
    static AuditRecord read(byte[] frame, Source source) {
        FrameReader reader = new FrameReader(frame);
        long form = reader.number();
        if (form != FORM) {
            throw new IllegalStateException(
                    "The journal has records of form " + form + ", which a later version wrote");
        }
        TenantId tenant = new TenantId(reader.text());
        long atMillis = reader.number();
        String kind = reader.text();
        String actor = reader.text();
        Request call = new Request(reader.text(), reader.text(), reader.text(), reader.text());
        int status = (int) reader.number();
        String code = reader.text();
        Consumption used = new Consumption(
                reader.number(), reader.number(), reader.number(), reader.number(), reader.number(), reader.number());
        return new AuditRecord(tenant, atMillis, kind, actor, call, status, code, used, source, address(reader));
    }

    private static String address(FrameReader reader) {
        ClientAddress address = new ClientAddress(reader.number(), reader.number());
        if (address.equals(Counts.OTHERS)) {
            return "others";
        }
        return address.equals(ClientAddress.UNKNOWN) ? "" : address.text();
    }
}
