package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.CuttableWire;
import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody is believed while the store of credentials is away, and all are again once it is back. */
@Timeout(60)
class IdentityOutageIT {

    private PostgresConfig database;
    private CuttableWire wire;
    private Service service;
    private Customer acme;

    @BeforeEach
    void startService() {
        database = TestServers.freshPostgres();
        wire = new CuttableWire(database.port());
        service = new Service(
                Bus.Wire.WHERE_NEEDED,
                database.at("127.0.0.1", wire.port(), database.database(), database.passwords()));
        acme = service.newCustomer();
    }

    @AfterEach
    void stopService() {
        wire.mend();
        service.close();
        wire.close();
    }

    @Test
    void refusesEvenKnownKeysASecondAfterTheStoreIsGone() {
        assertThat(ask(acme.caller()).statusCode()).isEqualTo(200);

        wire.cut();

        awaitRefusal(acme.caller());
        wire.mend();
        awaitReturn();
    }

    @Test
    void refusesAndDoesNotHangWhereTheStoreSaysNothing() {
        assertThat(ask(acme.caller()).statusCode()).isEqualTo(200);

        wire.silence();

        awaitRefusal(acme.caller());
        wire.mend();
        awaitReturn();
    }

    @Test
    void hearsOfARevocationThatItMissed() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("analytics:read"));
        Caller holder = service.platform().as(key.getString("key"));
        assertThat(ask(holder).statusCode()).isEqualTo(200);
        wire.cut();

        TestServers.asSuperuser(database, revocation(key.getString("id")));

        awaitRefusal(holder);
        wire.mend();
        HttpResponse<Buffer> firstAnswer = await().atMost(Duration.ofSeconds(10))
                .until(() -> ask(holder), response -> response.statusCode() != 503);
        assertProblem(firstAnswer, 401, "key_revoked");
    }

    @Test
    void hearsOfARevocationWithoutANotice() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("analytics:read"));
        Caller holder = service.platform().as(key.getString("key"));
        assertThat(ask(holder).statusCode()).isEqualTo(200);

        TestServers.asSuperuser(database, revocation(key.getString("id")));

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertProblem(ask(holder), 401, "key_revoked"));
    }

    /** Where it cannot tell what was revoked, it believes nobody. */
    @Test
    void believesNoKeyWhileRevisionsCannotBeRead() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("analytics:read"));
        Caller holder = service.platform().as(key.getString("key"));
        assertThat(ask(holder).statusCode()).isEqualTo(200);

        TestServers.asSuperuser(
                database, "REVOKE SELECT ON revision FROM sextant_platform;" + revocation(key.getString("id")));

        awaitRefusal(holder);
        await().during(Duration.ofSeconds(1))
                .untilAsserted(() -> assertProblem(ask(holder), 503, "identity_unavailable"));
        TestServers.asSuperuser(database, "GRANT SELECT ON revision TO sextant_platform");
        HttpResponse<Buffer> firstAnswer = await().atMost(Duration.ofSeconds(10))
                .until(() -> ask(holder), response -> response.statusCode() != 503);
        assertProblem(firstAnswer, 401, "key_revoked");
    }

    /** As another node would write it. */
    private String revocation(String id) {
        return """
                WITH next AS (UPDATE revision SET value = value + 1 RETURNING value)
                INSERT INTO change (revision, tenant_id, subject, at) SELECT value, '%s', 'api_key:%s', now() FROM next;
                UPDATE api_key SET revoked_at = now() WHERE id = '%s'""".formatted(acme.tenant(), id, id);
    }

    /** Something that needs no PostgreSQL but for knowing who asks. */
    private static HttpResponse<Buffer> ask(Caller caller) {
        return caller.post("/api/v2/authz/check", "{\"action\": \"read\", \"resource\": \"dataset/sales\"}");
    }

    /** Whoever asks waits for the store until it has said nothing for three seconds. */
    private static void awaitRefusal(Caller caller) {
        await().atMost(Duration.ofSeconds(6))
                .untilAsserted(() -> assertProblem(ask(caller), 503, "identity_unavailable"));
    }

    private void awaitReturn() {
        await().atMost(Duration.ofSeconds(10)).until(() -> ask(acme.caller()).statusCode() == 200);
    }
}
