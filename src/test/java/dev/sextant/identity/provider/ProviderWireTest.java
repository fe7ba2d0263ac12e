package dev.sextant.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import dev.sextant.WireForms;

/** The wire forms of the provider room's messages. Where one must change, its address becomes {@code v2}. */
class ProviderWireTest {

    @Test
    void theMessagesKeepTheirForms() {
        WireForms.assertForm(new BeginExternal("p", "https://cb", "st", "no", "ve"), """
                {"provider_id":"p","redirect_uri":"https://cb","state":"st","nonce":"no","code_verifier":"ve"}""");
        WireForms.assertForm(new FinishExternal("p", "https://cb", "no", "ve", "co", null), """
                {"provider_id":"p","redirect_uri":"https://cb","nonce":"no","code_verifier":"ve","code":"co","issuer":null}""");
        WireForms.assertForm(new Vouched("https://i", "s", "a@b", "Ada", List.of("viewer"), false), """
                {"issuer":"https://i","subject":"s","email":"a@b","name":"Ada","roles":["viewer"],"may_adopt":false}""");
    }

    @Test
    void nothingSecretIsPrinted() {
        ProviderWish wish =
                new ProviderWish("P", "https://i", "c", "secret", "roles", Map.of(), List.of(), List.of());

        assertThat(wish).asString().doesNotContain("secret");
        assertThat(new PutProvider("p", wish, null)).asString().doesNotContain("secret");
        assertThat(new FinishExternal("p", "https://cb", "secret", "secret", "secret", null))
                .asString()
                .doesNotContain("secret");
    }
}
