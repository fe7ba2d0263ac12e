package dev.sextant.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.Origins;
import dev.sextant.audit.log.AuditRecord;
import dev.sextant.audit.log.AuditRecord.Consumption;
import dev.sextant.audit.log.AuditRecord.Request;
import dev.sextant.audit.log.AuditRecord.Source;
import dev.sextant.http.AuditEntry;
import dev.sextant.http.AuditEntry.Outcome;
import dev.sextant.http.AuditEntry.Used;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.TenantId;
import dev.sextant.kernel.Trace;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

    private static final Source SOURCE = new Source("jrn_1", 7);

    static AuditEntry entry(String resource) {
        return new AuditEntry(
                AuditEntry.Kind.CALL,
                Origins.principal("acme"),
                "queryRealtime",
                resource,
                new Trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true),
                ClientAddress.parse("203.0.113.7").orElseThrow(),
                new Outcome(422, "invalid_query"),
                new Used(300, Long.MAX_VALUE, 0, 5_000_999, 0));
    }

    private static AuditRecord readAgain(FrameWriter frame) {
        return EntryCodec.read(Arrays.copyOf(frame.bytes(), frame.length()), SOURCE);
    }

    @Test
    void aRecordComesBackAsItWas() {
        AuditRecord record = readAgain(EntryCodec.write(entry("dataset/größe"), 1_700_000_000_123L));

        assertThat(record)
                .isEqualTo(new AuditRecord(
                        new TenantId("ten_acme"),
                        1_700_000_000_123L,
                        "call",
                        "key_1",
                        new Request(
                                "queryRealtime",
                                "dataset/größe",
                                "req_00f067aa0ba902b7",
                                "4bf92f3577b34da6a3ce929d0e0e4736"),
                        422,
                        "invalid_query",
                        new Consumption(1, 300, Long.MAX_VALUE, 0, 5000, 0),
                        SOURCE,
                        "203.0.113.7"));
    }

    @Test
    void countsComeBackAsThePlatforms() {
        Counts.Counted counted =
                new Counts.Counted(28_333_333, ClientAddress.parse("::1").orElseThrow(), "getLiveness", 200, "");

        AuditRecord record = readAgain(EntryCodec.write(counted, 12));

        assertThat(record.tenant()).isEqualTo(TenantId.PLATFORM);
        assertThat(record.kind()).isEqualTo("counted");
        assertThat(record.atMillis()).isEqualTo(28_333_333L * 60_000);
        assertThat(record.used().requests()).isEqualTo(12);
        assertThat(record.address()).isEqualTo("::1");
    }

    @Test
    void addressesBeyondTheBoundAreOthers() {
        Counts.Counted counted = new Counts.Counted(1, Counts.OTHERS, "getLiveness", 200, "");

        assertThat(readAgain(EntryCodec.write(counted, 12)).address()).isEqualTo("others");
    }

    @Test
    void cutsAndCleansWhatNoDatabaseTakes() {
        AuditRecord record = readAgain(EntryCodec.write(entry("\0" + "x".repeat(2000)), 0));

        assertThat(record.call().resource()).isEqualTo("?" + "x".repeat(999));
    }

    @Test
    void refusesAFormOfALaterVersion() {
        assertThatThrownBy(() -> EntryCodec.read(new byte[] {9}, SOURCE)).hasMessageContaining("form 9");
    }
}
