package dev.sextant.identity.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import dev.sextant.WireForms;

/** The wire forms of the grant room's messages. Where one must change, its address becomes {@code v2}. */
class GrantWireTest {

    private static final Instant ENDS = Instant.parse("2026-11-23T15:00:00.000Z");

    @Test
    void theMessagesKeepTheirForms() {
        WireForms.assertForm(new BeginSignIn("usr_1", "ocl_1", "https://a", List.of("a:b"), "ch"), """
                {"user_id":"usr_1","client_id":"ocl_1","redirect_uri":"https://a","scopes":["a:b"],"code_challenge":"ch"}""");
        WireForms.assertForm(new IssuedCode("oac_a.b"), """
                {"code":"oac_a.b"}""");
        WireForms.assertForm(new RedeemCode("oac_a.b", "ocl_1", "https://a", "ve"), """
                {"code":"oac_a.b","client_id":"ocl_1","redirect_uri":"https://a","code_verifier":"ve"}""");
        WireForms.assertForm(new RefreshSignIn("ort_a.b", "ocl_1"), """
                {"refresh_token":"ort_a.b","client_id":"ocl_1"}""");
        WireForms.assertForm(
                new GrantedSignIn("sgn_1", "ten_a", "usr_1", "ocl_1", List.of("a:b"), List.of("r"), "ort_a.b", ENDS), """
                {"sign_in_id":"sgn_1","tenant":"ten_a","user_id":"usr_1","client_id":"ocl_1","scopes":["a:b"],"roles":["r"],\
                "refresh_token":"ort_a.b","expires_at":"2026-11-23T15:00:00.000Z"}""");
        WireForms.assertForm(FoundRefreshToken.NONE, """
                {"is_good":false,"sign_in_id":"","tenant":"","user_id":"","client_id":"","scopes":[],"expires_at":null}""");
        WireForms.assertForm(new EndSignIn("ten_a", "sgn_1"), """
                {"tenant":"ten_a","sign_in_id":"sgn_1"}""");
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(Stream.of(
                        new IssuedCode("secret"),
                        new RedeemCode("secret", "ocl_1", "https://a", "secret"),
                        new RefreshSignIn("secret", "ocl_1"),
                        new FindRefreshToken("secret"),
                        new GrantedSignIn("sgn_1", "ten_a", "usr_1", "ocl_1", List.of(), List.of(), "secret", ENDS)))
                .noneMatch(message -> message.toString().contains("secret"));
    }
}
