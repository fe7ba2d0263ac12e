package dev.sextant.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider on loopback that says whatever a test wants. It knows no users: whoever comes to its
 * authorization endpoint is whom {@link #claims} says.
 */
final class FakeProvider implements AutoCloseable {

    private final HttpServer server;
    private final int port;
    private final ECKey key = makeKey();
    private final AtomicReference<UnaryOperator<JsonObject>> claims = new AtomicReference<>(UnaryOperator.identity());
    private final AtomicReference<UnaryOperator<JsonObject>> metadata = new AtomicReference<>(UnaryOperator.identity());
    private final AtomicReference<@Nullable Handler<HttpServerRequest>> instead = new AtomicReference<>();
    private final AtomicReference<Function<JsonObject, String>> signer = new AtomicReference<>(this::sign);
    private final Queue<Map<String, String>> redemptions = new ConcurrentLinkedQueue<>();
    private final AtomicReference<String> nonce = new AtomicReference<>("");

    FakeProvider(Vertx vertx) {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(this::answer)
                .listen()
                .await();
        port = server.actualPort();
    }

    String issuer() {
        return "http://127.0.0.1:" + port + "/realm";
    }

    /** Changes what its ID tokens claim; {@code nonce} and all else are right before. */
    void claims(UnaryOperator<JsonObject> change) {
        claims.set(change);
    }

    void metadata(UnaryOperator<JsonObject> change) {
        metadata.set(change);
    }

    /** Signs its ID tokens. */
    void signer(Function<JsonObject, String> other) {
        signer.set(other);
    }

    /** Answers everything in this way; null for its own. */
    void instead(@Nullable Handler<HttpServerRequest> handler) {
        instead.set(handler);
    }

    /** What was sent to its token endpoint, in order. */
    Queue<Map<String, String>> redemptions() {
        return redemptions;
    }

    /** The browser comes with the nonce, and is sent back with a code. */
    String authorize(String address) {
        Map<String, String> query = query(URI.create(address).getRawQuery());
        nonce.set(query.get("nonce"));
        return "/oauth/callback?code=c%2F1&state=" + query.get("state");
    }

    static Map<String, String> query(String raw) {
        return Stream.of(raw.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private void answer(HttpServerRequest request) {
        Handler<HttpServerRequest> other = instead.get();
        if (other != null) {
            other.handle(request);
            return;
        }
        switch (request.path()) {
            case "/realm/.well-known/openid-configuration" ->
                json(request, Objects.requireNonNull(metadata.get()).apply(described()));
            case "/realm/keys" -> json(request, new JsonObject(new JWKSet(key.toPublicJWK()).toString()));
            case "/realm/token" -> request.body().onSuccess(body -> redeem(request, body));
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void redeem(HttpServerRequest request, Buffer body) {
        Map<String, String> form = new TreeMap<>(query(body.toString()));
        form.put("authorization", String.valueOf(request.getHeader("authorization")));
        redemptions.add(form);
        json(
                request,
                new JsonObject()
                        .put("access_token", "at")
                        .put("token_type", "Bearer")
                        .put(
                                "id_token",
                                Objects.requireNonNull(signer.get())
                                        .apply(Objects.requireNonNull(claims.get())
                                                .apply(claimed()))));
    }

    private JsonObject described() {
        return new JsonObject()
                .put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("jwks_uri", issuer() + "/keys")
                .put("response_types_supported", JsonArray.of("code"))
                .put("subject_types_supported", JsonArray.of("public"))
                .put("id_token_signing_alg_values_supported", JsonArray.of("ES256"));
    }

    private JsonObject claimed() {
        long now = Instant.now().getEpochSecond();
        return new JsonObject()
                .put("iss", issuer())
                .put("sub", "subject-1")
                .put("aud", "sextant")
                .put("iat", now)
                .put("exp", now + 300)
                .put("nonce", nonce.get())
                .put("email", "ada@example.com")
                .put("email_verified", true)
                .put("name", "Ada Lovelace")
                .put("realm", new JsonObject().put("roles", JsonArray.of("people", "bosses")));
    }

    String sign(JsonObject payload) {
        return sign(key, payload);
    }

    static String sign(ECKey key, JsonObject payload) {
        try {
            JWSObject token = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), new Payload(payload.encode()));
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey makeKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID("k1")
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void json(HttpServerRequest request, JsonObject body) {
        request.response().putHeader("content-type", "application/json").end(body.encode());
    }

    @Override
    public void close() {
        server.close().await();
    }
}
