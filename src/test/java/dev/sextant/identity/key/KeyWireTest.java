package dev.sextant.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sextant.WireForms;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire forms of the key room's messages. Where one must change, its address becomes {@code v2}. */
class KeyWireTest {

    private static final Instant MADE = Instant.parse("2026-11-23T15:00:00.000Z");
    private static final Instant ENDS = Instant.parse("2027-01-01T00:00:00.000Z");
    private static final ApiKey KEY = new ApiKey(
            "key_1",
            "ci",
            "ak_live_abcdefgh",
            List.of("keys:read"),
            List.of("viewer"),
            List.of("edits"),
            List.of("10.0.0.0/8"),
            2,
            MADE,
            ENDS,
            null,
            null,
            null,
            MADE);

    @Test
    void theQuestionsKeepTheirForms() {
        WireForms.assertForm(
                new CreateKey("ci", List.of("keys:read"), List.of("edits"), List.of("10.0.0.0/8"), ENDS), """
                {"name":"ci","scopes":["keys:read"],"datasets":["edits"],"address_ranges":["10.0.0.0/8"],"expires_at":"2027-01-01T00:00:00.000Z"}""");
        WireForms.assertForm(new ListKeys(100, "key_1"), """
                {"limit":100,"after":"key_1"}""");
        WireForms.assertForm(new GetKey("key_1"), """
                {"id":"key_1"}""");
        WireForms.assertForm(new RevokeKey("key_1"), """
                {"id":"key_1"}""");
        WireForms.assertForm(
                new UpdateKey("key_1", JsonNodeFactory.instance.objectNode().putNull("datasets"), null, "192.0.2.1"),
                """
                {"id":"key_1","changes":{"datasets":null},"if_match":null,"client":"192.0.2.1"}""");
        WireForms.assertForm(new RotateKey("key_1", 3600000), """
                {"id":"key_1","overlap_millis":3600000}""");
        WireForms.assertForm(new ReportLeak("ak_live_x"), """
                {"key":"ak_live_x"}""");
        WireForms.assertForm(new CheckCaller("ten_acme", "key_1", "192.0.2.1"), """
                {"tenant":"ten_acme","credential":"key_1","client":"192.0.2.1"}""");
        WireForms.assertForm(new CheckChangeable(List.of("key_1")), """
                {"key_ids":["key_1"]}""");
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(new ReportLeak("ak_live_secret")).asString().doesNotContain("secret");
        assertThat(new RotatedKey("key_1", "ak_live_secret", "ak_live_abcdefgh", ENDS))
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void theAnswersKeepTheirForms() {
        WireForms.assertForm(KEY, """
                {"id":"key_1","name":"ci","prefix":"ak_live_abcdefgh","scopes":["keys:read"],"roles":["viewer"],"datasets":["edits"],\
                "address_ranges":["10.0.0.0/8"],"version":2,"created_at":"2026-11-23T15:00:00.000Z",\
                "expires_at":"2027-01-01T00:00:00.000Z","previous_ends_at":null,"revoked_at":null,"revoked_because":null,\
                "last_used_at":"2026-11-23T15:00:00.000Z"}""");
        WireForms.assertForm(new RotatedKey("key_1", "ak_live_x", "ak_live_abcdefgh", ENDS), """
                {"id":"key_1","key":"ak_live_x","prefix":"ak_live_abcdefgh","previous_ends_at":"2027-01-01T00:00:00.000Z"}""");
        WireForms.assertForm(new EndedByLeak("ten_a", "key_1"), """
                {"tenant":"ten_a","key_id":"key_1"}""");
        WireForms.assertForm(
                new CreatedKey(
                        "key_1",
                        "ak_live_x",
                        "ak_live_abcdefgh",
                        "ci",
                        List.of("keys:read"),
                        List.of(),
                        null,
                        null,
                        MADE,
                        null),
                """
                {"id":"key_1","key":"ak_live_x","prefix":"ak_live_abcdefgh","name":"ci","scopes":["keys:read"],\
                "roles":[],"datasets":null,"address_ranges":null,"created_at":"2026-11-23T15:00:00.000Z","expires_at":null}""");
        WireForms.assertForm(new KeyPage(List.of(), "abc", true), """
                {"data":[],"next_cursor":"abc","has_more":true}""");
        WireForms.assertForm(new UnknownKeys(List.of("key_1")), """
                {"key_ids":["key_1"]}""");
        WireForms.assertForm(new RevokedKey("key_1"), """
                {"id":"key_1"}""");
        WireForms.assertForm(new CallerStands("key_1", List.of("keys:read"), null, "all"), """
                {"credential":"key_1","scopes":["keys:read"],"datasets":null,"policy":"all"}""");
    }
}
