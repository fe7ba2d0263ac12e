package dev.sextant.identity.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import dev.sextant.WireForms;

/** The wire forms of the client room's messages. Where one must change, its address becomes {@code v2}. */
class ClientWireTest {

    private static final Instant MADE = Instant.parse("2026-11-23T15:00:00.000Z");

    @Test
    void theMessagesKeepTheirForms() {
        WireForms.assertForm(
                new CreateClient("Board", OauthClient.Type.PUBLIC, List.of("https://a"), List.of("a:b")), """
                {"name":"Board","type":"public","redirect_uris":["https://a"],"scopes":["a:b"]}""");
        WireForms.assertForm(
                new CreatedClient(
                        "ocl_1", null, "Board", OauthClient.Type.PUBLIC, List.of("https://a"), List.of("a:b"), MADE), """
                {"id":"ocl_1","client_secret":null,"name":"Board","type":"public","redirect_uris":["https://a"],\
                "scopes":["a:b"],"created_at":"2026-11-23T15:00:00.000Z"}""");
        WireForms.assertForm(new AuthenticateClient("ocl_1", "ocs_a.b"), """
                {"id":"ocl_1","secret":"ocs_a.b"}""");
        WireForms.assertForm(
                new KnownClient("ocl_1", "ten_a", "Board", List.of("https://a"), List.of("a:b"), true), """
                {"id":"ocl_1","tenant":"ten_a","name":"Board","redirect_uris":["https://a"],"scopes":["a:b"],"is_public":true}""");
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(new AuthenticateClient("ocl_1", "hidden")).asString().doesNotContain("hidden");
        assertThat(new CreatedClient("o", "hidden", "B", OauthClient.Type.PUBLIC, List.of(), List.of(), MADE))
                .asString()
                .doesNotContain("hidden");
    }
}
