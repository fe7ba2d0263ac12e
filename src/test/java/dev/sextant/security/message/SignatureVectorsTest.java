package dev.sextant.security.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import dev.sextant.http.MessageSecurity.Head;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Parser;
import org.junit.jupiter.api.Test;

/** The examples of RFC 9421, appendix B.2, and of RFC 9530, appendix B: facts that others have worked out. */
class SignatureVectorsTest {

    private static final String ED25519 = """
            {"kty":"OKP","crv":"Ed25519","kid":"test-key-ed25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"}""";
    private static final String P256 = """
            {"kty":"EC","crv":"P-256","kid":"test-key-ecc-p256",
             "x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA","y":"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"}""";

    private static final String REQUEST_DIGEST =
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
    private static final String RESPONSE_DIGEST =
            "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:";

    private static final Components.OfRequest REQUEST = new Components.OfRequest(
            new Head(
                    "POST",
                    "https",
                    "example.com",
                    "/foo",
                    "param=Value&Pet=dog",
                    MultiMap.caseInsensitiveMultiMap()
                            .add("Date", "Tue, 20 Apr 2021 02:07:55 GMT")
                            .add("Content-Type", "application/json")
                            .add("Content-Digest", REQUEST_DIGEST)
                            .add("Content-Length", "18"),
                    ""),
            "");

    @Test
    void aRequestByEd25519() throws ParseException {
        InnerList covered = input("(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                + ";created=1618884473;keyid=\"test-key-ed25519\"");

        byte[] base = SignatureBase.of(covered, REQUEST).orElseThrow();

        assertThat(new String(base, StandardCharsets.US_ASCII)).isEqualTo("""
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@method": POST
                "@path": /foo
                "@authority": example.com
                "content-type": application/json
                "content-length": 18
                "@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")\
                ;created=1618884473;keyid="test-key-ed25519\"""");
        byte[] signature = Base64.getDecoder()
                .decode("wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
        JWK key = JWK.parse(ED25519);
        assertThat(SignatureAlgorithm.of(key)).isEqualTo(SignatureAlgorithm.ED25519);
        assertThat(SignatureAlgorithm.ED25519.isSigned(key, base, signature)).isTrue();
        base[0]++;
        assertThat(SignatureAlgorithm.ED25519.isSigned(key, base, signature)).isFalse();
    }

    @Test
    void aResponseByEcdsa() throws ParseException {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("content-type", "application/json")
                .add("content-digest", RESPONSE_DIGEST)
                .add("content-length", "23");
        InnerList covered = input("(\"@status\" \"content-type\" \"content-digest\" \"content-length\")"
                + ";created=1618884473;keyid=\"test-key-ecc-p256\"");

        byte[] base = SignatureBase.of(covered, new Components.OfResponse(200, headers, REQUEST))
                .orElseThrow();

        byte[] signature = Base64.getDecoder()
                .decode("wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==");
        JWK key = JWK.parse(P256);
        assertThat(SignatureAlgorithm.of(key).isSigned(key, base, signature)).isTrue();
        signature[5]++;
        assertThat(SignatureAlgorithm.of(key).isSigned(key, base, signature)).isFalse();
        assertThat(SignatureAlgorithm.of(key).isSigned(key, base, new byte[3])).isFalse();
    }

    @Test
    void digestsOfContent() {
        byte[] request = "{\"hello\": \"world\"}".getBytes(StandardCharsets.US_ASCII);
        byte[] response = "{\"message\": \"good dog\"}".getBytes(StandardCharsets.US_ASCII);

        assertThat(ContentDigest.holds(List.of(REQUEST_DIGEST), request)).isTrue();
        assertThat(ContentDigest.holds(List.of(RESPONSE_DIGEST), response)).isTrue();
        assertThat(ContentDigest.holds(List.of(RESPONSE_DIGEST), request)).isFalse();
        assertThat(ContentDigest.of("{\"hello\": \"world\"}\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
    }

    @Test
    void aDigestThatWeCannotCheckIsNone() {
        byte[] content = {1, 2, 3};

        assertThat(ContentDigest.holds(List.of("md5=:CY9rzUYh03PK3k6DJie09g==:"), content))
                .isFalse();
        assertThat(ContentDigest.holds(List.of("sha-256=text"), content)).isFalse();
        assertThat(ContentDigest.holds(List.of("sha-256=:"), content)).isFalse();
        assertThat(ContentDigest.holds(List.of(), content)).isFalse();
        assertThat(ContentDigest.holds(List.of(ContentDigest.of(content), "sha-512=:AAAA:"), content))
                .isFalse();
        assertThat(ContentDigest.holds(List.of(ContentDigest.of(content), "md5=:AAAA:"), content))
                .isTrue();
    }

    @Test
    void theAddressIsWhatTheSenderSees() {
        Head head = new Head("GET", "http", "Example.COM:80", "", "", MultiMap.caseInsensitiveMultiMap(), "");

        Components.OfRequest here = new Components.OfRequest(head, "");
        Components.OfRequest proxied = new Components.OfRequest(head, "https://api.example.com:443");

        assertThat(here.value("@authority")).contains("example.com");
        assertThat(here.value("@target-uri")).contains("http://example.com/");
        assertThat(here.value("@query")).contains("?");
        assertThat(proxied.value("@target-uri")).contains("https://api.example.com/");
        assertThat(proxied.value("@scheme")).contains("https");
    }

    @Test
    void whatIsNotThereOrNamedTwiceOrUnknownIsNotSigned() {
        for (String components : List.of(
                "(\"x-missing\")",
                "(\"@method\" \"@method\")",
                "(\"@status\")",
                "(\"@unheard\")",
                "(\"content-type\";sf)",
                "(\"@query-param\";name=\"Pet\")",
                "(\"@method\";req)")) {
            assertThat(SignatureBase.of(input(components + ";created=1"), REQUEST))
                    .as(components)
                    .isEmpty();
        }
    }

    @Test
    void fieldsThatComeTwiceAreJoined() {
        Head head = new Head(
                "GET",
                "https",
                "a",
                "/",
                "",
                MultiMap.caseInsensitiveMultiMap().add("X-A", "  one ").add("x-a", "two"),
                "");

        assertThat(new Components.OfRequest(head, "").value("x-a")).contains("one, two");
    }

    private static InnerList input(String text) {
        return Parser.parseInnerList(text);
    }
}
