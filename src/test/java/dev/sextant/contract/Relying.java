package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A program that users sign in to, as its own side sees it: what it asks for, and what it does with the answer. */
record Relying(Service service, String clientId, @Nullable String secret, String redirectUri) {

    static final String CALLBACK = "https://board.example.com/callback";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /** Of that verifier by S256. Source: RFC 7636, appendix B. */
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    static Relying register(Service service, Customer customer, String type, String... scopes) {
        JsonObject wish = new JsonObject()
                .put("name", "Board & Co")
                .put("type", type)
                .put("redirect_uris", JsonArray.of(CALLBACK))
                .put("scopes", new JsonArray(List.of(scopes)));
        HttpResponse<Buffer> made = customer.caller().post("/api/v2/oauth/clients", wish.encode());
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        JsonObject client = made.bodyAsJsonObject();
        return new Relying(service, client.getString("id"), client.getString("client_secret"), CALLBACK);
    }

    Map<String, String> query() {
        Map<String, String> query = new TreeMap<>();
        query.put("response_type", "code");
        query.put("client_id", clientId);
        query.put("redirect_uri", redirectUri);
        query.put("state", "s/1 2");
        query.put("code_challenge", CHALLENGE);
        query.put("code_challenge_method", "S256");
        return query;
    }

    String address() {
        return address(query());
    }

    static String address(Map<String, String> query) {
        return "/oauth/authorize?" + Browser.form(query);
    }

    /** Signs that user in and has them say yes; the code that comes back. */
    String code(Browser browser, String email, String password) {
        HttpResponse<Buffer> signedIn =
                browser.submit(browser.get(address()), Map.of("email", email, "password", password));
        assertThat(signedIn.statusCode()).as(signedIn.bodyAsString()).isEqualTo(303);
        HttpResponse<Buffer> decided =
                browser.submit(browser.get(signedIn.getHeader("location")), Map.of("decision", "allow"));
        return Objects.requireNonNull(answer(decided).get("code"));
    }

    /** What came back to the redirect URI. */
    static Map<String, String> answer(HttpResponse<Buffer> onward) {
        assertThat(onward.statusCode()).as(onward.bodyAsString()).isEqualTo(303);
        String location = onward.getHeader("location");
        assertThat(location).startsWith(CALLBACK + "?");
        return Stream.of(location.substring(CALLBACK.length() + 1).split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    Map<String, String> redemption(String code) {
        Map<String, String> form = identified("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.put("code_verifier", VERIFIER);
        return form;
    }

    HttpResponse<Buffer> redeem(String code) {
        return token(redemption(code));
    }

    HttpResponse<Buffer> refresh(String refreshToken) {
        Map<String, String> form = identified("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        return token(form);
    }

    HttpResponse<Buffer> token(Map<String, String> form) {
        return post("/oauth/token", form);
    }

    HttpResponse<Buffer> revoke(String token) {
        return post("/oauth/revoke", identified("token", token));
    }

    HttpResponse<Buffer> introspect(String token) {
        return post("/oauth/introspect", identified("token", token));
    }

    Map<String, String> identified(String name, String value) {
        Map<String, String> form = new TreeMap<>();
        form.put(name, value);
        form.put("client_id", clientId);
        if (secret != null) {
            form.put("client_secret", secret);
        }
        return form;
    }

    private HttpResponse<Buffer> post(String path, Map<String, String> form) {
        Caller caller = service.anonymous();
        return caller.send(
                caller.request(HttpMethod.POST, path).putHeader("content-type", "application/x-www-form-urlencoded"),
                Buffer.buffer(Browser.form(form)));
    }

    static String access(HttpResponse<Buffer> issued) {
        assertThat(issued.statusCode()).as(issued.bodyAsString()).isEqualTo(200);
        return issued.bodyAsJsonObject().getString("access_token");
    }

    static String refreshToken(HttpResponse<Buffer> issued) {
        assertThat(issued.statusCode()).as(issued.bodyAsString()).isEqualTo(200);
        return issued.bodyAsJsonObject().getString("refresh_token");
    }
}
