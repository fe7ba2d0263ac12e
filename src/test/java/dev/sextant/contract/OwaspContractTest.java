package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.Configs;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the OWASP API Security Top 10 (2023) warns of, tried at every operation of the contract. Tenants, scopes and roles are
 * {@code AttemptsIT}'s; what is seen from outside is {@code SurfaceContractTest}'s.
 */
@Timeout(180)
class OwaspContractTest {

    private static final OpenAPI CONTRACT = new OpenAPIV3Parser().read("openapi.yaml");
    private static final List<Promised> GUARDED = Promised.all();
    private static final String JSON = "application/json";
    private static final String MARK = "othersmark";
    private static final int BODY_BYTES_MAX = 1 << 20;

    /** Nobody's property. */
    private static final String INTRUDER = "is_admin";

    /** The one place in a body where a caller may use any name: these are events. */
    private static final Map<String, String> OPERATION_TO_FREE = Map.of("inferDataset", "/events/0");

    private static Service service;
    private static Customer curious;
    private static Estate other;

    @BeforeAll
    static void startService() {
        Map<String, String> withoutBans =
                Map.of("edge.bans.failures_max", "1000000000", "edge.bans.misses_max", "1000000000");
        service = new Service(Bus.Wire.WHERE_NEEDED, TestServers.freshPostgres(), Configs.with(withoutBans));
        curious = service.newCustomer();
        other = Estate.of(service, MARK);
        Sales.fill(curious);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    /** API2: addresses are written down on the way, and cookies are sent by any page. */
    @TestFactory
    Stream<DynamicTest> aCredentialOutsideItsHeaderIsNone() {
        String key = curious.key();
        String basic =
                Base64.getEncoder().encodeToString((curious.keyId() + ":" + key).getBytes(StandardCharsets.UTF_8));
        return forEach(GUARDED.stream().filter(promised -> !promised.isOptional()), promised -> {
            for (String authorization : List.of("", "Basic " + basic, "ApiKey " + key, key)) {
                HttpRequest<Buffer> request = service.anonymous()
                        .request(promised.method(), other.path(promised) + "?access_token=" + key + "&api_key=" + key)
                        .putHeader("x-api-key", key)
                        .putHeader("cookie", "access_token=" + key);
                if (!authorization.isEmpty()) {
                    request.putHeader("authorization", authorization);
                }
                assertThat(service.anonymous().send(request, Buffer.buffer()).statusCode())
                        .as(authorization)
                        .isEqualTo(401);
            }
        });
    }

    /** API3: what an answer has and a body has not is for reading only. */
    @TestFactory
    Stream<DynamicTest> nobodySetsWhatIsOnlyRead() {
        return forEach(withJson(), promised -> {
            Set<String> names = new TreeSet<>(Schemas.answered(CONTRACT, promised.operation()));
            names.removeAll(Schemas.taken(CONTRACT, promised.operation()));
            names.add(INTRUDER);
            for (String name : names) {
                JsonObject body = new JsonObject(promised.body(MARK)).put(name, "mine");
                assertThat(errors(send(promised, body.toBuffer()))).contains("/" + name + " unknown_field");
            }
        });
    }

    /** API3: at every depth of a good body. */
    @TestFactory
    Stream<DynamicTest> noPartOfABodyTakesWhatThereIsNot() {
        return forEach(
                withJson(),
                promised -> Schemas.spoiled(promised.body(MARK), INTRUDER).forEach((place, body) -> {
                    HttpResponse<Buffer> response = send(promised, body.toBuffer());
                    if (!place.equals(OPERATION_TO_FREE.get(promised.id()))) {
                        assertThat(response.statusCode())
                                .as("%s at %s", body, place)
                                .isEqualTo(422);
                        assertThat(response.bodyAsString()).contains(INTRUDER);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> noOperationTakesAParameterThatThereIsNot() {
        return forEach(GUARDED.stream(), promised -> {
            HttpResponse<Buffer> response =
                    caller(promised).send(request(promised, INTRUDER + "=true"), Buffer.buffer(promised.body(MARK)));

            assertProblem(response, 422, "invalid_request");
            assertThat(errors(response)).contains(INTRUDER + " unknown_parameter");
        });
    }

    /** API4: whatever becomes of a call, it was counted. */
    @TestFactory
    Stream<DynamicTest> everyAnswerSaysWhatIsLeft() {
        Actor caller = new Actor("curious", curious.caller(), null, Set.of());
        return forEach(GUARDED.stream().filter(promised -> !isOfThePlatform(promised)), promised -> {
            HttpResponse<Buffer> response = new Attempt(caller, promised, other, false).make();

            assertThat(response.getHeader("ratelimit-policy"))
                    .as("%d %s", response.statusCode(), response.bodyAsString())
                    .startsWith("\"req\";q=");
            assertThat(response.getHeader("ratelimit")).startsWith("\"req\";r=");
        });
    }

    /** API4 */
    @TestFactory
    Stream<DynamicTest> noListIsLongerThanItsLimit() {
        return forEach(GUARDED.stream().filter(promised -> promised.takes("limit", "query")), promised -> {
            Parameter limit = promised.operation().getParameters().stream()
                    .filter(parameter -> parameter.getName().equals("limit"))
                    .findFirst()
                    .orElseThrow();
            int max = limit.getSchema().getMaximum().intValueExact();

            HttpResponse<Buffer> response =
                    caller(promised).send(request(promised, "limit=" + (max + 1)), Buffer.buffer());

            assertThat(max).isLessThanOrEqualTo(1000);
            assertThat(errors(response)).containsExactly("limit out_of_range");
        });
    }

    /** API4: streams of events are bounded event by event, see {@code IngestStreamsContractTest}. */
    @TestFactory
    Stream<DynamicTest> noBodyIsReadWithoutEnd() {
        return forEach(withJson(), promised -> {
            String body = "{\"name\": \"" + "x".repeat(BODY_BYTES_MAX) + "\"}";

            assertProblem(send(promised, Buffer.buffer(body)), 413, "too_large");
        });
    }

    /** API7: of all that a caller may name, only issuers are ever called. Who adds to this list says what becomes of it. */
    @Test
    void everyFieldThatTakesAUrlIsKnown() {
        assertThat(Promised.of(CONTRACT).stream()
                        .flatMap(promised -> Schemas.urls(CONTRACT, promised.operation()).stream()
                                .map(place -> promised.id() + " " + place)))
                .containsExactlyInAnyOrder(
                        "createOauthClient /redirect_uris",
                        "issueToken /redirect_uri",
                        "putIdentityProvider /issuer",
                        "replaceSecuritySettings /allowed_origins",
                        "replaceSecuritySettings /key_rules/allowed_origins");
    }

    /** API7 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1",
                "https://localhost",
                "https://10.0.0.1",
                "https://192.168.0.1:8443",
                "https://169.254.169.254",
                "https://[::1]",
                "https://[fd00:ec2::254]",
                "https://[::ffff:10.0.0.1]",
                "https://2130706433",
                "https://0x7f000001",
                "https://0"
            })
    void noIssuerLeadsInside(String issuer) {
        HttpResponse<Buffer> response = curious.caller()
                .put(
                        "/api/v2/identity-providers/inside",
                        "{\"name\": \"a\", \"issuer\": \"%s\", \"client_id\": \"a\", \"client_secret\": \"b\"}"
                                .formatted(issuer));

        assertThat(errors(response)).containsExactly("/issuer not_allowed");
        assertThat(response.bodyAsString()).as("refused before it was called").contains("at a public address");
    }

    private static Stream<DynamicTest> forEach(Stream<Promised> operations, Consumer<Promised> check) {
        return operations.map(promised -> DynamicTest.dynamicTest(promised.id(), () -> check.accept(promised)));
    }

    /** Those that read a body of JSON whole. */
    private static Stream<Promised> withJson() {
        return GUARDED.stream().filter(promised -> promised.body(MARK).startsWith("{"));
    }

    private static boolean isOfThePlatform(Promised promised) {
        return promised.scopes().stream().anyMatch(scope -> scope.startsWith("platform:"));
    }

    /** Who has all that it needs: what is refused is refused for what is sent. */
    private static Caller caller(Promised promised) {
        return isOfThePlatform(promised) ? service.platform() : curious.caller();
    }

    private static HttpResponse<Buffer> send(Promised promised, Buffer body) {
        return caller(promised).send(request(promised, ""), body);
    }

    private static HttpRequest<Buffer> request(Promised promised, String parameter) {
        String query = Stream.concat(Stream.of(parameter), promised.required())
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining("&"));
        String path = other.path(promised) + (query.isEmpty() ? "" : "?" + query);
        HttpRequest<Buffer> request = caller(promised).request(promised.method(), path);
        return promised.body(MARK).isEmpty() ? request : request.putHeader("content-type", JSON);
    }
}
