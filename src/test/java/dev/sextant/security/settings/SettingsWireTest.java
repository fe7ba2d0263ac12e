package dev.sextant.security.settings;

import dev.sextant.WireForms;
import dev.sextant.security.settings.SecuritySettings.Answers;
import dev.sextant.security.settings.SecuritySettings.Demand;
import dev.sextant.security.settings.SecuritySettings.Encryption;
import dev.sextant.security.settings.SecuritySettings.KeyRule;
import dev.sextant.security.settings.SecuritySettings.Signatures;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire forms of the settings' messages. Where one must change, its address becomes {@code v2}. */
class SettingsWireTest {

    private static final SecuritySettings SETTINGS = new SecuritySettings(
            List.of("https://a.example"),
            List.of(new KeyRule("key_1", null, null)),
            new Signatures(Answers.ALWAYS, Demand.REQUIRED, List.of()),
            new Encryption(Demand.OPTIONAL, null),
            3,
            Instant.parse("2026-11-23T15:00:00.000Z"));
    private static final String FORM = """
            {"allowed_origins":["https://a.example"],"key_rules":[{"key_id":"key_1","allowed_origins":null,"certificate_sha256":null}],\
            "signatures":{"responses":"always","requests":"required","keys":[]},\
            "encryption":{"requests":"optional","key":null},"version":3,"updated_at":"2026-11-23T15:00:00.000Z"}""";

    @Test
    void theMessagesKeepTheirForms() {
        WireForms.assertForm(new GetSettings(), "{}");
        WireForms.assertForm(
                new ReplaceSettings(SETTINGS, "\"3\"", "abc"),
                "{\"wanted\":" + FORM + ",\"if_match\":\"\\\"3\\\"\",\"certificate\":\"abc\"}");
        WireForms.assertForm(SETTINGS, FORM);
    }
}
