package dev.sextant.contract;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Keycloak on loopback, in development mode, with one realm. It is unpacked into {@code target} by the build, started
 * for one class of tests, and ended with it.
 */
final class Keycloak implements AutoCloseable {

    static final String REALM = "acme";
    static final String USER = "ada";
    static final String PASSWORD = "of-keycloak";
    static final String CLIENT_SECRET = "between-the-two-of-us";

    private static final Path HOME = Path.of("target", "keycloak-26.7.3").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Process process;
    private final Path log = Path.of("target", "keycloak.log");
    private final int port = freePort();

    /** @param callback where it may send browsers back to */
    Keycloak(Vertx vertx, String callback) {
        Path program = HOME.resolve("bin/kc.sh");
        if (!Files.isReadable(program)) {
            throw new IllegalStateException("Keycloak is not unpacked: run mvn dependency:unpack@keycloak");
        }
        try {
            Path imports = Files.createDirectories(HOME.resolve("data/import"));
            Files.writeString(
                    imports.resolve("acme-realm.json"), realm(callback).encode());
            ProcessBuilder start = new ProcessBuilder(
                            "/bin/bash",
                            program.toString(),
                            "start-dev",
                            "--db=dev-mem",
                            "--cache=local",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--import-realm")
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            start.environment().put("JAVA_HOME", System.getProperty("java.home"));
            start.environment().put("JAVA_OPTS_KC_HEAP", "-Xms256m -Xmx512m");
            // It lives for seconds: what is compiled well is compiled too late.
            start.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
            start.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
            start.environment()
                    .put("KC_BOOTSTRAP_ADMIN_PASSWORD", UUID.randomUUID().toString());
            process = start.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady(vertx);
    }

    String issuer() {
        return "http://127.0.0.1:" + port + "/realms/" + REALM;
    }

    private void awaitReady(Vertx vertx) {
        WebClient client = WebClient.create(vertx);
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> {
                        if (!process.isAlive()) {
                            throw new IllegalStateException("Keycloak ended: " + Files.readString(log));
                        }
                        return client.getAbs(issuer() + "/.well-known/openid-configuration")
                                .send()
                                .map(response -> response.statusCode() == 200)
                                .otherwise(false)
                                .await();
                    });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static JsonObject realm(String callback) {
        JsonObject rolesInIdToken = new JsonObject()
                .put("name", "roles")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-usermodel-realm-role-mapper")
                .put(
                        "config",
                        new JsonObject()
                                .put("claim.name", "roles")
                                .put("multivalued", "true")
                                .put("jsonType.label", "String")
                                .put("id.token.claim", "true"));
        JsonObject client = new JsonObject()
                .put("clientId", "sextant")
                .put("secret", CLIENT_SECRET)
                .put("publicClient", false)
                .put("standardFlowEnabled", true)
                .put("directAccessGrantsEnabled", false)
                .put("redirectUris", JsonArray.of(callback))
                .put("attributes", new JsonObject().put("pkce.code.challenge.method", "S256"))
                .put("protocolMappers", JsonArray.of(rolesInIdToken));
        JsonObject user = new JsonObject()
                .put("username", USER)
                .put("enabled", true)
                .put("email", "ada@example.com")
                .put("emailVerified", true)
                .put("firstName", "Ada")
                .put("lastName", "Lovelace")
                .put("realmRoles", JsonArray.of("analysts"))
                .put(
                        "credentials",
                        JsonArray.of(new JsonObject().put("type", "password").put("value", PASSWORD)));
        return new JsonObject()
                .put("realm", REALM)
                .put("enabled", true)
                .put("roles", new JsonObject().put("realm", JsonArray.of(new JsonObject().put("name", "analysts"))))
                .put("clients", JsonArray.of(client))
                .put("users", JsonArray.of(user));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The script starts Java as a child of its own. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        all.forEach(handle -> handle.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(_ -> {
                    handle.destroyForcibly();
                    return handle;
                })
                .join());
    }
}
