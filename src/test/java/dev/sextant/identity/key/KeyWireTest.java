package dev.sextant.identity.key;

import dev.sextant.WireForms;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire forms of the key room's messages. Where one must change, its address becomes {@code v2}. */
class KeyWireTest {

    private static final Instant MADE = Instant.parse("2026-11-23T15:00:00.000Z");
    private static final Instant ENDS = Instant.parse("2027-01-01T00:00:00.000Z");
    private static final ApiKey KEY =
            new ApiKey("key_1", "ci", "ak_live_abcdefgh", List.of("keys:read"), MADE, ENDS, null);

    @Test
    void theQuestionsKeepTheirForms() {
        WireForms.assertForm(new CreateKey("ci", List.of("keys:read"), ENDS), """
                {"name":"ci","scopes":["keys:read"],"expires_at":"2027-01-01T00:00:00.000Z"}""");
        WireForms.assertForm(new ListKeys(100, "key_1"), """
                {"limit":100,"after":"key_1"}""");
        WireForms.assertForm(new GetKey("key_1"), """
                {"id":"key_1"}""");
        WireForms.assertForm(new RevokeKey("key_1"), """
                {"id":"key_1"}""");
        WireForms.assertForm(new CheckCaller("ten_acme", "key_1"), """
                {"tenant":"ten_acme","credential":"key_1"}""");
    }

    @Test
    void theAnswersKeepTheirForms() {
        WireForms.assertForm(KEY, """
                {"id":"key_1","name":"ci","prefix":"ak_live_abcdefgh","scopes":["keys:read"],\
                "created_at":"2026-11-23T15:00:00.000Z","expires_at":"2027-01-01T00:00:00.000Z","revoked_at":null}""");
        WireForms.assertForm(
                new CreatedKey("key_1", "ak_live_x", "ak_live_abcdefgh", "ci", List.of("keys:read"), MADE, null), """
                {"id":"key_1","key":"ak_live_x","prefix":"ak_live_abcdefgh","name":"ci","scopes":["keys:read"],\
                "created_at":"2026-11-23T15:00:00.000Z","expires_at":null}""");
        WireForms.assertForm(new KeyPage(List.of(), "abc", true), """
                {"data":[],"next_cursor":"abc","has_more":true}""");
        WireForms.assertForm(new RevokedKey("key_1"), """
                {"id":"key_1"}""");
        WireForms.assertForm(new CallerStands("key_1"), """
                {"credential":"key_1"}""");
    }
}
