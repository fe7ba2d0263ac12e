package dev.sextant.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.audit.log.AuditRecord.Consumption;
import dev.sextant.audit.log.AuditRecord.Request;
import dev.sextant.audit.log.AuditRecord.Source;
import dev.sextant.kernel.TenantId;
import org.junit.jupiter.api.Test;

class LeafTest {

    private static AuditRecord record(String resource, String address) {
        return new AuditRecord(
                new TenantId("ten_a"),
                1_795_965_000_007L,
                AuditRecord.CALL,
                "key_1",
                new Request("queryRealtime", resource, "req_1", "4bf9"),
                200,
                "",
                new Consumption(1, 2, 3, 4, 5, 6),
                new Source("jrn_1", 7),
                address);
    }

    /** Whoever checks an export has only this form to go by: it stays as it is. */
    @Test
    void isCanonicalJsonOfAllButThePersonalPart() {
        assertThat(Leaf.entry(record("dataset/é\"\\\n\u0001", "::1"), Hash.EMPTY))
                .isEqualTo("""
                {"actor":"key_1","at":"2026-11-29T15:10:00.007Z","bytes_out":4,"code":"","cost_units":2,"elapsed_micros":5,\
                "events":3,"journal":"jrn_1","kind":"call","operation":"queryRealtime",\
                "personal_hash":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",\
                "request_id":"req_1","requests":1,"resource":"dataset/é\\"\\\\\\n\\u0001","sequence":7,"socket_millis":6,\
                "status":200,"tenant_id":"ten_a","trace_id":"4bf9"}""");
    }

    @Test
    void staysTheSameWhenThePersonalPartIsErased() {
        Hash personal = Leaf.personal(new byte[] {1}, "203.0.113.7");

        assertThat(Leaf.hash(record("", ""), personal)).isEqualTo(Leaf.hash(record("", "203.0.113.7"), personal));
    }

    /** SHA-256 of 01 and {@code {"address":"::1"}}, by sha256sum. */
    @Test
    void hidesThePersonalPartBehindItsSalt() {
        assertThat(Leaf.personal(new byte[] {1}, "::1").hex())
                .isEqualTo("634dd38be3b4e52e56373b901b61a6119b777f9a137796904e0dc0386bea1164");
        assertThat(Leaf.personal(new byte[] {2}, "::1")).isNotEqualTo(Leaf.personal(new byte[] {1}, "::1"));
    }
}
