package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are signed and must be, answers that are signed; and whoever changes, repeats or forges them. */
@Timeout(60)
class SignedMessagesContractTest {

    private static final String KEYS = "/api/v2/api-keys";
    private static final String NEW_KEY = "{\"name\": \"signed\", \"scopes\": [\"keys:read\"]}";
    private static final Pattern INPUT = Pattern.compile("([a-z0-9]+)=(\\(([^)]*)\\);.*)");

    private static Service service;

    /** Takes signed requests only. */
    private static Customer acme;

    /** Takes them also. */
    private static Customer bolt;

    private static final MessageSigning SIGNING = MessageSigning.make("acme-1");
    private static final MessageSigning BOLTS = MessageSigning.make("bolt-1");

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
        bolt = service.newCustomer();
        settle(acme, settings("on_request", "required", SIGNING));
        settle(bolt, settings("always", "optional", BOLTS));
        await().untilAsserted(() -> assertProblem(acme.caller().get(KEYS), 401, "signature_required"));
        await().until(() -> bolt.caller().get(KEYS).getHeader("signature") != null);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    static String settings(String responses, String requests, MessageSigning key) {
        return "{\"signatures\": {\"responses\": \"%s\", \"requests\": \"%s\", \"keys\": [%s]}}"
                .formatted(responses, requests, key.jwk().encode());
    }

    static void settle(Customer customer, String settings) {
        HttpResponse<Buffer> response = SecuritySettingsContractTest.put(customer, settings, "");
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
    }

    @Test
    void takesASignedRequest() {
        HttpRequest<Buffer> get = acme.caller().request(HttpMethod.GET, KEYS + "?limit=1");
        HttpRequest<Buffer> post = acme.caller().json(HttpMethod.POST, KEYS);

        assertThat(send(SIGNING.over(get, "", now()).sign(get), "").statusCode())
                .isEqualTo(200);
        assertThat(send(SIGNING.over(post, NEW_KEY, now()).sign(post), NEW_KEY).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aBodyThatIsNotSignedMayBeZippedAlsoWhereTheAnswerIsSigned() throws IOException {
        HttpRequest<Buffer> plain = bolt.caller().json(HttpMethod.POST, KEYS).putHeader("content-encoding", "gzip");
        HttpRequest<Buffer> signed = bolt.caller().json(HttpMethod.POST, KEYS).putHeader("content-encoding", "gzip");
        BOLTS.over(signed, NEW_KEY, now()).sign(signed);

        HttpResponse<Buffer> taken = plain.sendBuffer(zipped(NEW_KEY)).await();
        HttpResponse<Buffer> refused = signed.sendBuffer(zipped(NEW_KEY)).await();

        assertThat(taken.statusCode()).as(taken.bodyAsString()).isEqualTo(201);
        assertThat(taken.getHeader("signature")).isNotNull();
        assertProblem(refused, 415, "unsupported_media_type");
    }

    private static Buffer zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    @Test
    void refusesWhatIsNotSignedWhereItMustBe() {
        assertProblem(acme.caller().get(KEYS), 401, "signature_required");
        assertProblem(acme.caller().post(KEYS, NEW_KEY), 401, "signature_required");
        assertThat(service.anonymous().get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAnotherBodyThanTheSigned() {
        HttpRequest<Buffer> post = acme.caller().json(HttpMethod.POST, KEYS);
        SIGNING.over(post, NEW_KEY, now()).sign(post);

        assertProblem(send(post, NEW_KEY.replace("signed", "forged")), 401, "signature_invalid");
    }

    @Test
    void refusesAnotherDigestThanTheSigned() {
        String forged = NEW_KEY.replace("signed", "forged");
        HttpRequest<Buffer> post = acme.caller().json(HttpMethod.POST, KEYS);
        SIGNING.over(post, NEW_KEY, now()).sign(post);

        post.putHeader("content-digest", MessageSigning.digest(forged));

        assertProblem(send(post, forged), 401, "signature_invalid");
    }

    @Test
    void refusesAnotherTargetOrMethodThanTheSigned() {
        HttpRequest<Buffer> signed = acme.caller().request(HttpMethod.GET, KEYS + "?limit=1");
        for (HttpRequest<Buffer> sent : List.of(
                acme.caller().request(HttpMethod.GET, KEYS + "?limit=2"),
                acme.caller().request(HttpMethod.GET, KEYS),
                acme.caller().request(HttpMethod.GET, KEYS + "/" + acme.keyId()),
                acme.caller().request(HttpMethod.DELETE, KEYS + "/" + acme.keyId()))) {
            SIGNING.over(signed, "", now()).sign(sent);

            assertProblem(send(sent, ""), 401, "signature_invalid");
        }
    }

    @Test
    void refusesTheSameSignatureTwice() {
        HttpRequest<Buffer> get = acme.caller().request(HttpMethod.GET, KEYS);
        SIGNING.over(get, "", now()).sign(get);
        assertThat(send(get, "").statusCode()).isEqualTo(200);

        assertProblem(send(get, ""), 401, "signature_replayed");

        HttpRequest<Buffer> sameNonce = acme.caller().request(HttpMethod.GET, KEYS + "?limit=3");
        MessageSigning signing = SIGNING.over(sameNonce, "", now()).nonce("once");
        assertThat(send(signing.sign(sameNonce), "").statusCode()).isEqualTo(200);
        assertProblem(send(signing.sign(sameNonce), ""), 401, "signature_replayed");
    }

    @Test
    void aNonceOfOneTenantIsFreeForAnother() {
        HttpRequest<Buffer> ours = acme.caller().request(HttpMethod.GET, KEYS);
        HttpRequest<Buffer> theirs = bolt.caller().request(HttpMethod.GET, KEYS);

        assertThat(send(SIGNING.over(ours, "", now()).nonce("shared").sign(ours), "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(BOLTS.over(theirs, "", now()).nonce("shared").sign(theirs), "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesSignaturesThatAreOldOrOfTheFuture() {
        for (long created : new long[] {now() - 301, now() + 120, 0}) {
            HttpRequest<Buffer> get = acme.caller().request(HttpMethod.GET, KEYS);

            assertProblem(send(SIGNING.over(get, "", created).sign(get), ""), 401, "signature_expired");
        }
        HttpRequest<Buffer> over = acme.caller().request(HttpMethod.GET, KEYS);
        SIGNING.over(over, "", now()).with(";expires=%d".formatted(now() - 60)).sign(over);
        assertProblem(send(over, ""), 401, "signature_expired");
    }

    @Test
    void aSignatureGrowsOld() {
        HttpRequest<Buffer> get = bolt.caller().request(HttpMethod.GET, KEYS);
        BOLTS.over(get, "", now()).sign(get);

        service.clock().advance(Duration.ofMinutes(6));

        assertProblem(send(get, ""), 401, "signature_expired");
    }

    @Test
    void refusesAKeyThatTheTenantHasNot() {
        MessageSigning stranger = MessageSigning.make("acme-1");
        for (MessageSigning wrong :
                new MessageSigning[] {stranger, BOLTS, BOLTS.named("acme-1"), SIGNING.named("acme-2")}) {
            HttpRequest<Buffer> get = acme.caller().request(HttpMethod.GET, KEYS);

            assertProblem(send(wrong.over(get, "", now()).sign(get), ""), 401, "signature_invalid");
        }
    }

    @Test
    void refusesSignaturesThatLeaveOutWhatMatters() {
        for (String left : new String[] {"@method", "@target-uri", "content-digest"}) {
            HttpRequest<Buffer> post = acme.caller().json(HttpMethod.POST, KEYS);

            assertProblem(
                    send(SIGNING.over(post, NEW_KEY, now()).without(left).sign(post), NEW_KEY),
                    401,
                    "signature_invalid");
        }
        HttpRequest<Buffer> noTarget = acme.caller().json(HttpMethod.POST, KEYS);
        SIGNING.over(noTarget, NEW_KEY, now()).without("@target-uri").sign(noTarget);
        assertThat(send(noTarget, NEW_KEY).bodyAsJsonObject().getString("detail"))
                .contains("@target-uri (or @authority, @path and, where there is one, @query)");
        HttpRequest<Buffer> noNonce = acme.caller().request(HttpMethod.GET, KEYS);
        assertProblem(send(SIGNING.over(noNonce, "", now()).nonce("").sign(noNonce), ""), 401, "signature_invalid");
        HttpRequest<Buffer> otherAlgorithm = acme.caller().request(HttpMethod.GET, KEYS);
        SIGNING.over(otherAlgorithm, "", now()).with(";alg=\"hmac-sha256\"").sign(otherAlgorithm);
        assertProblem(send(otherAlgorithm, ""), 401, "signature_invalid");
    }

    @Test
    void refusesWhatDoesNotParse() {
        for (String input : new String[] {"nonsense(", "sig1=1", "sig1=(\"@method\";created=1", ""}) {
            HttpRequest<Buffer> get = acme.caller()
                    .request(HttpMethod.GET, KEYS)
                    .putHeader("signature-input", input)
                    .putHeader("signature", "sig1=:AAAA:");

            assertProblem(send(get, ""), 401, "signature_invalid");
        }
    }

    @Test
    void checksASignatureAlsoWhereItNeedNotBeThere() {
        HttpRequest<Buffer> get = bolt.caller().request(HttpMethod.GET, KEYS);

        assertProblem(send(SIGNING.over(get, "", now()).sign(get), ""), 401, "signature_invalid");
        assertThat(bolt.caller().get(KEYS).statusCode()).isEqualTo(200);
    }

    @Test
    void signsAnswersForThoseWhoAsk() throws Exception {
        HttpRequest<Buffer> get = acme.caller()
                .request(HttpMethod.GET, KEYS)
                .putHeader("accept-signature", "mine=(\"@status\");nonce=\"n-1\";tag=\"app\"")
                .putHeader("accept-encoding", "gzip");
        SIGNING.over(get, "", now()).sign(get);

        HttpResponse<Buffer> response = send(get, "");

        assertThat(response.getHeader("signature-input"))
                .startsWith("mine=(")
                .contains(";nonce=\"n-1\"", ";tag=\"app\"");
        assertSigned(response, get);
    }

    @Test
    void signsAllAnswersOfATenantThatWants() throws Exception {
        HttpRequest<Buffer> get = bolt.caller().request(HttpMethod.GET, KEYS);
        HttpRequest<Buffer> post = bolt.caller().json(HttpMethod.POST, KEYS);

        assertSigned(send(get, ""), get);
        assertSigned(send(post, NEW_KEY), post);
    }

    @Test
    void signsNothingForOthers() {
        Customer plain = service.newCustomer();
        HttpRequest<Buffer> get =
                plain.caller().request(HttpMethod.GET, KEYS).putHeader("accept-signature", "sig1=(\"@status\")");

        assertThat(send(get, "").getHeader("signature")).isNull();
    }

    /** Built again from the answer, as RFC 9421 says, and held against the published key. */
    private static void assertSigned(HttpResponse<Buffer> response, HttpRequest<Buffer> request)
            throws GeneralSecurityException, JOSEException, ParseException {
        Matcher input = INPUT.matcher(response.getHeader("signature-input"));
        assertThat(input.matches()).isTrue();
        assertThat(response.getHeader("content-digest")).isEqualTo(MessageSigning.digest(response.bodyAsString()));
        assertThat(input.group(3)).contains("\"@status\"", "\"content-digest\"", "\"@target-uri\";req");
        StringBuilder base = new StringBuilder();
        for (String component : input.group(3).split(" ", -1)) {
            String value = switch (component) {
                case "\"@status\"" -> Integer.toString(response.statusCode());
                case "\"@method\";req" -> request.method().name();
                case "\"@target-uri\";req" -> "http://127.0.0.1:%d%s".formatted(request.port(), request.uri());
                case "\"content-digest\";req" -> request.headers().get("content-digest");
                default -> response.getHeader(component.replace("\"", ""));
            };
            base.append(component).append(": ").append(value).append('\n');
        }
        base.append("\"@signature-params\": ").append(input.group(2));
        String signature = response.getHeader("signature").replaceAll("^[a-z0-9]+=:|:$", "");
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(published(input.group(2)).toECPublicKey());
        verifier.update(base.toString().getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(Base64.getDecoder().decode(signature))).isTrue();
    }

    private static ECKey published(String parameters) throws ParseException {
        String keyId = parameters.replaceAll(".*keyid=\"([^\"]+)\".*", "$1");
        for (Object key : service.anonymous()
                .get("/.well-known/jwks.json")
                .bodyAsJsonObject()
                .getJsonArray("keys")) {
            if (((JsonObject) key).getString("kid").equals(keyId)) {
                return ECKey.parse(key.toString());
            }
        }
        throw new AssertionError("There is no published key " + keyId);
    }

    private static long now() {
        return service.clock().instant().getEpochSecond();
    }

    private static HttpResponse<Buffer> send(HttpRequest<Buffer> request, String body) {
        return acme.caller().send(request, Buffer.buffer(body));
    }
}
