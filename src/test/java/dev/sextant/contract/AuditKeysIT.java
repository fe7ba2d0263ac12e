package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.audit.log.OfflineCheck;
import dev.sextant.audit.log.WithdrawnKey;
import dev.sextant.bus.Bus;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The keys that signed a log's heads come and go; the log stays good. */
@Timeout(120)
class AuditKeysIT {

    private PostgresConfig database;
    private Service service;
    private Customer acme;

    @BeforeEach
    void fillALog() {
        database = TestServers.freshPostgres();
        service = new Service(Bus.Wire.WHERE_NEEDED, database);
        acme = service.newCustomer();
        AuditContractTest.recordOf(acme, acme.caller().get("/api/v2/datasets"));
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void aLogIsGoodAfterItsKeyWasWithdrawnAndSaysSo() throws IOException {
        String withdrawn = keyId(head());

        rotate(true);
        JsonObject report = verified();
        OfflineCheck.Report offline = checked(export(), null);

        assertThat(keyId(head())).isNotEqualTo(withdrawn);
        assertThat(report.getBoolean("valid")).as(report.encode()).isTrue();
        assertThat(report.getJsonArray("withdrawn_keys").getJsonObject(0).getString("key_id"))
                .isEqualTo(withdrawn);
        assertThat(offline.failures()).isEmpty();
        assertThat(offline.withdrawnKeys()).extracting(WithdrawnKey::keyId).containsExactly(withdrawn);
        assertThat(checked(export(), acme.caller().get("/.well-known/jwks.json").bodyAsString())
                        .failures())
                .as("with the keys of today")
                .isEmpty();
    }

    @Test
    void whatIsWholeIsSignedAnewByItself() throws SQLException {
        JsonObject head = head();

        rotate(true);

        String keys = "SELECT count(DISTINCT kid) FROM audit_tree_head WHERE tenant_id = '%s' AND size >= %d"
                .formatted(acme.tenant(), head.getLong("tree_size"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(number(keys)).isEqualTo(2));
    }

    @Test
    void aLogIsGoodAfterItsKeyHasLeftTheKeySet() throws IOException {
        String retired = keyId(head());
        rotate(false);

        TestServers.asSuperuser(
                database,
                "UPDATE signing_key SET retired_at = '%s' WHERE kid = '%s'"
                        .formatted(service.clock().instant().plusSeconds(60), retired));
        JsonObject report = verified();

        assertThat(report.getBoolean("valid")).as(report.encode()).isTrue();
        assertThat(report.getJsonArray("withdrawn_keys")).isEmpty();
        assertThat(checked(export(), null).failures()).isEmpty();
    }

    /** Nothing was changed, and nothing is said to be; but it is not proven either. */
    @Test
    void keysThatAreOlderThanTheLastRotationDoNotSayThatALogWasChanged() throws IOException {
        String kept = acme.caller().get("/.well-known/jwks.json").bodyAsString();
        rotate(true);
        AuditContractTest.recordOf(acme, acme.caller().get("/api/v2/datasets"));
        String newest = keyId(head());
        String export = export();

        OfflineCheck.Report report = checked(export, kept);
        OfflineCheck.Report ofToday =
                checked(export, acme.caller().get("/.well-known/jwks.json").bodyAsString());
        OfflineCheck.Report changed = checked(export.replace("listDatasets", "listdatasets"), kept);

        assertThat(report.unknownKeyId()).isEqualTo(newest);
        assertThat(report.keyId()).isEmpty();
        assertThat(report.failures()).isEmpty();
        assertThat(report.isValid()).isFalse();
        assertThat(ofToday.isValid()).isTrue();
        assertThat(ofToday.keyId()).isEqualTo(newest);
        assertThat(changed.failures()).isNotEmpty();
    }

    @Test
    void aHeadThatIsYoungerThanTheEndOfItsKeyIsForged() throws IOException {
        String withdrawn = keyId(head());
        rotate(true);

        TestServers.asSuperuser(
                database,
                "UPDATE signing_key SET retired_at = '%1$s', withdrawn_at = '%1$s' WHERE kid = '%2$s'"
                        .formatted(service.clock().instant().minusSeconds(3600), withdrawn));
        JsonObject report = verified();

        assertThat(report.getBoolean("valid")).isFalse();
        assertThat(report.getJsonArray("failures").getJsonObject(0).getString("part"))
                .isEqualTo("tree_head");
        assertThat(checked(export(), null).failures()).contains("The signature of an earlier head is not right.");
    }

    @Test
    void aRetiredKeySignsNoMore() throws SQLException {
        int sealedLength = number("SELECT max(length(sealed)) FROM signing_key");

        rotate(true);

        assertThat(number("SELECT length(sealed) FROM signing_key WHERE retired_at IS NOT NULL"))
                .as("its private half is gone")
                .isLessThan(sealedLength);
    }

    private void rotate(boolean compromised) {
        assertThat(service.platform()
                        .post(
                                "/api/v2/admin/signing-keys/rotate",
                                new JsonObject().put("compromised", compromised).encode())
                        .statusCode())
                .isEqualTo(200);
    }

    private JsonObject head() {
        return acme.caller().get("/api/v2/audit/tree-head").bodyAsJsonObject();
    }

    private static String keyId(JsonObject head) {
        String header = head.getString("signed").split("\\.", 2)[0];
        return new JsonObject(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                .getString("kid");
    }

    private JsonObject verified() {
        return acme.caller().post("/api/v2/audit/verify", "{}").bodyAsJsonObject();
    }

    private String export() {
        return acme.caller()
                .send(acme.caller().request(HttpMethod.POST, "/api/v2/audit/export"), Buffer.buffer())
                .bodyAsString();
    }

    private static OfflineCheck.Report checked(String export, @Nullable String keys) throws IOException {
        return OfflineCheck.check(new BufferedReader(new StringReader(export)), keys);
    }

    private int number(String sql) throws SQLException {
        String address = "jdbc:postgresql://%s:%d/%s".formatted(database.host(), database.port(), database.database());
        var passwords = database.passwords();
        try (var connection = DriverManager.getConnection(
                        address, "sextant_platform", passwords.platform().value());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
