package dev.sextant.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.WireForms;
import org.junit.jupiter.api.Test;

/** The wire forms of {@code identity.issue-token.v2}, and of what a token claims. */
class TokenWireTest {

    @Test
    void theQuestionKeepsItsForm() {
        WireForms.assertForm(new IssueToken("key_1", "ak_live_x", null, "192.0.2.1"), """
                {"client_id":"key_1","client_secret":"ak_live_x","scope":null,"client":"192.0.2.1"}""");
        WireForms.assertForm(new ProveKey("key_1", "ak_live_x", "192.0.2.1"), """
                {"client_id":"key_1","client_secret":"ak_live_x","client":"192.0.2.1"}""");
    }

    @Test
    void theAnswerKeepsItsForm() {
        WireForms.assertForm(new IssuedToken("ey", "Bearer", 900, null, "keys:read"), """
                {"access_token":"ey","token_type":"Bearer","expires_in":900,"scope":"keys:read"}""");
        WireForms.assertForm(new IssuedToken("ey", "Bearer", 900, "ort_a.b", "keys:read"), """
                {"access_token":"ey","token_type":"Bearer","expires_in":900,"refresh_token":"ort_a.b","scope":"keys:read"}""");
        WireForms.assertForm(new ProvenKey("key_1", "ten_a"), """
                {"id":"key_1","tenant":"ten_a"}""");
    }

    @Test
    void theClaimsKeepTheirForm() {
        TokenClaims claims = new TokenClaims(
                "urn:sextant",
                "urn:sextant:api",
                "key_1",
                "key_1",
                "ak_live_a",
                null,
                "ten_a",
                "a:b c:d",
                "tok_1",
                10,
                20);

        WireForms.assertForm(claims, """
                {"iss":"urn:sextant","aud":"urn:sextant:api","sub":"key_1","client_id":"key_1","key_prefix":"ak_live_a",\
                "tenant":"ten_a","scope":"a:b c:d","jti":"tok_1","iat":10,"exp":20}""");
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(new IssueToken("key_1", "ak_live_x", null, "192.0.2.1"))
                .asString()
                .doesNotContain("ak_live_x");
        assertThat(new ProveKey("key_1", "ak_live_x", "192.0.2.1")).asString().doesNotContain("ak_live_x");
        assertThat(new IssuedToken("eyJ", "Bearer", 900, "ort_a.b", ""))
                .asString()
                .doesNotContain("eyJ", "ort_a");
    }
}
