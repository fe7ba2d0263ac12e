package dev.sextant.audit.log;

import dev.sextant.WireForms;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire forms of the log's messages. Where one must change, its address becomes {@code v2}. */
class LogWireTest {

    @Test
    void theQuestionsKeepTheirForms() {
        WireForms.assertForm(
                new ListAuditEvents(
                        100,
                        7L,
                        "getDataset",
                        "key_1",
                        null,
                        null,
                        200L,
                        Instant.parse("2026-11-23T15:00:00.000Z"),
                        null),
                """
                {"limit":100,"below":7,"operation":"getDataset","actor":"key_1","resource":null,"request_id":null,\
                "status":200,"from":"2026-11-23T15:00:00.000Z","to":null}""");
        WireForms.assertForm(new GetTreeHead(), "{}");
        WireForms.assertForm(new ProveInclusion(3, 8L), """
                {"leaf_index":3,"tree_size":8}""");
        WireForms.assertForm(new ProveConsistency(3, null), """
                {"from":3,"to":null}""");
        WireForms.assertForm(new EraseLog("usr_1", "192.0.2.1", null, Instant.parse("2026-11-23T15:00:00.000Z")), """
                {"actor":"usr_1","address":"192.0.2.1","from":null,"to":"2026-11-23T15:00:00.000Z"}""");
        WireForms.assertForm(new CheckLog(0L, 10L), """
                {"from_index":0,"to_index":10}""");
    }

    @Test
    void theAnswersKeepTheirForms() {
        WireForms.assertForm(
                new SignedHead("ten_a", 8, "5dc9", Instant.parse("2026-11-23T15:00:00.000Z"), "e30.e30.c2ln"), """
                {"tenant_id":"ten_a","tree_size":8,"root_hash":"5dc9","at":"2026-11-23T15:00:00.000Z",\
                "signed":"e30.e30.c2ln"}""");
        WireForms.assertForm(new InclusionProof(3, 8, "6e34", "5dc9", List.of("96a2")), """
                {"leaf_index":3,"tree_size":8,"leaf_hash":"6e34","root_hash":"5dc9","path":["96a2"]}""");
        WireForms.assertForm(new ErasedParts(42, false), """
                {"erased":42,"has_more":false}""");
        WireForms.assertForm(new ConsistencyProof(3, 8, "aeb6", "5dc9", List.of()), """
                {"from_size":3,"to_size":8,"from_root_hash":"aeb6","to_root_hash":"5dc9","path":[]}""");
        WireForms.assertForm(
                new LogReport(
                        false,
                        8,
                        "5dc9",
                        0,
                        8,
                        null,
                        List.of(new WithdrawnKey("sig_1", Instant.parse("2026-11-23T15:00:00.000Z"))),
                        List.of(new LogFailure(3L, "record", "It was changed."))),
                """
                {"valid":false,"tree_size":8,"root_hash":"5dc9","from_index":0,"to_index":8,"next_index":null,\
                "withdrawn_keys":[{"key_id":"sig_1","withdrawn_at":"2026-11-23T15:00:00.000Z"}],"failures":[{"leaf_index":3,"part":"record","detail":"It was changed."}]}""");
    }
}
