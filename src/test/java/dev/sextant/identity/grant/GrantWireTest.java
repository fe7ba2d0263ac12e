package dev.sextant.identity.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.WireForms;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The wire forms of the grant room's messages. Where one must change, its address becomes {@code v2}. */
class GrantWireTest {

    private static final Instant ENDS = Instant.parse("2026-11-23T15:00:00.000Z");

    @Test
    void theMessagesKeepTheirForms() {
        WireForms.assertForm(new BeginSignIn("usr_1", "ocl_1", "https://a", List.of("a:b"), "ch"), """
                {"user_id":"usr_1","client_id":"ocl_1","redirect_uri":"https://a","scopes":["a:b"],"code_challenge":"ch"}""");
        WireForms.assertForm(new IssuedCode("oac_a.b"), """
                {"code":"oac_a.b"}""");
        WireForms.assertForm(new RedeemCode("oac_a.b", "ocl_1", "https://a", "ve", null), """
                {"code":"oac_a.b","client_id":"ocl_1","redirect_uri":"https://a","code_verifier":"ve","scope":null}""");
        WireForms.assertForm(new RefreshSignIn("ort_a.b", "ocl_1", "a:b"), """
                {"refresh_token":"ort_a.b","client_id":"ocl_1","scope":"a:b"}""");
        WireForms.assertForm(
                new GrantedSignIn("sgn_1", "ten_a", "usr_1", "ocl_1", List.of("a:b"), List.of("r"), "ort_a.b", ENDS),
                """
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
                        new RedeemCode("secret", "ocl_1", "https://a", "secret", null),
                        new RefreshSignIn("secret", "ocl_1", null),
                        new FindRefreshToken("secret"),
                        new GrantedSignIn("sgn_1", "ten_a", "usr_1", "ocl_1", List.of(), List.of(), "secret", ENDS)))
                .noneMatch(message -> message.toString().contains("secret"));
    }
}
