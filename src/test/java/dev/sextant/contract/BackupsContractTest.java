package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.Configs;
import dev.sextant.launch.SextantConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups as the platform asks for them; what comes of one is restored in {@code BackupIT}. */
@Timeout(60)
@Covers({"createBackup"})
class BackupsContractTest {

    private static final String BACKUPS = "/api/v2/admin/backups";
    private static final String OPERATIONS = "/api/v2/operations/";

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void isMadeAsAnOperationOfThePlatform() {
        service.newCustomer();

        HttpResponse<Buffer> begun = untilFree(service, "{\"name\": \"first\"}");

        assertThat(begun.statusCode()).as(begun.bodyAsString()).isEqualTo(202);
        JsonObject report = begun.bodyAsJsonObject();
        assertThat(report.getString("secrets")).isEqualTo("left_out");
        assertThat(begun.getHeader("location")).isEqualTo(OPERATIONS + report.getString("operation_id"));
        JsonObject operation = untilOver(service, report);
        assertThat(operation.getString("status")).as(operation.encode()).isEqualTo("succeeded");
        assertThat(operation.getString("kind")).isEqualTo("backup");
        assertThat(operation.getDouble("progress")).isEqualTo(1.0);
        assertThat(operation.getString("query_id")).isNull();
        assertProblem(service.platform().post(BACKUPS, "{\"name\": \"first\"}"), 409, "already_exists");
    }

    @Test
    void isOnRecord() {
        JsonObject report = untilFree(service, "{}").bodyAsJsonObject();
        untilOver(service, report);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service.platform()
                                .get("/api/v2/audit/events?limit=1000")
                                .bodyAsString())
                        .contains("createBackup"));
    }

    @Test
    void withTheSameKeyOneIsMade() {
        untilOver(service, untilFree(service, "{\"name\": \"before\"}").bodyAsJsonObject());

        JsonObject first = postOnce().bodyAsJsonObject();
        JsonObject second = postOnce().bodyAsJsonObject();

        assertThat(second).isEqualTo(first);
        assertThat(untilOver(service, first).getString("status")).isEqualTo("succeeded");
    }

    private static HttpResponse<Buffer> postOnce() {
        Caller platform = service.platform();
        return platform.send(
                platform.json(HttpMethod.POST, BACKUPS).putHeader("idempotency-key", "\"once\""),
                Buffer.buffer("{\"name\": \"once\"}"));
    }

    @Test
    void cannotBeCancelled() {
        JsonObject report = untilFree(service, "{\"name\": \"steady\"}").bodyAsJsonObject();

        service.platform().delete(OPERATIONS + report.getString("operation_id"));

        assertThat(untilOver(service, report).getString("status")).isEqualTo("succeeded");
    }

    @Test
    void nothingIsSealedWithoutAPassphrase() {
        HttpResponse<Buffer> response = service.platform().post(BACKUPS, "{\"secrets\": \"sealed\"}");

        assertProblem(response, 422, "not_supported");
        assertThat(errors(response)).containsExactly("/secrets not_supported");
    }

    @Test
    void isRefusedWhereTheEngineKeepsNoFilesOfItsOwn() {
        service.engine().refuseCopies(true);
        try {
            assertProblem(service.platform().post(BACKUPS, "{}"), 422, "not_supported");
        } finally {
            service.engine().refuseCopies(false);
        }
    }

    @Test
    void isRefusedWhereTheDiskIsTooSmall() {
        SextantConfig config = Configs.with(Map.of("backup.spare_bytes", Long.toString(Long.MAX_VALUE >> 4)));
        try (Service small = new Service(Bus.Wire.ALWAYS, TestServers.freshPostgres(), config)) {
            JsonObject operation = untilOver(small, untilFree(small, "{}").bodyAsJsonObject());

            assertThat(operation.getString("status")).isEqualTo("failed");
            assertThat(operation.getJsonObject("problem").getString("code")).isEqualTo("insufficient_capacity");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"../up\"} | /name wrong_format",
                "{\"name\": \"a/b\"} | /name wrong_format",
                "{\"name\": \"\"} | /name wrong_format",
                "{\"folder\": \"/tmp\"} | /folder unknown_field",
                "{\"secrets\": \"clear\"} | /secrets not_allowed"
            })
    void refusesWhatIsNoWish(String wish, String error) {
        HttpResponse<Buffer> response = service.platform().post(BACKUPS, wish);

        assertProblem(response, 422, "invalid_request");
        assertThat(errors(response)).contains(error);
    }

    @Test
    void isForThePlatformAlone() {
        Customer customer = service.newCustomer();
        JsonObject report = untilFree(service, "{}").bodyAsJsonObject();
        String tenants = Service.newKey(
                        service.platform(), "ten_platform", List.of("platform:tenants", "platform:cross_tenant"))
                .getString("key");

        assertProblem(customer.caller().post(BACKUPS, "{}"), 403, "insufficient_scope");
        assertProblem(service.platform().as(tenants).post(BACKUPS, "{}"), 403, "insufficient_scope");
        assertProblem(service.anonymous().post(BACKUPS, "{}"), 401, "unauthenticated");
        assertProblem(customer.caller().get(OPERATIONS + report.getString("operation_id")), 404, "not_found");
        untilOver(service, report);
    }

    /** One is made at a time. */
    private static HttpResponse<Buffer> untilFree(Service asked, String wish) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> asked.platform().post(BACKUPS, wish), response -> response.statusCode() != 429);
    }

    private static JsonObject untilOver(Service asked, JsonObject report) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> asked.platform()
                                .get(OPERATIONS + report.getString("operation_id"))
                                .bodyAsJsonObject(),
                        operation -> !operation.getString("status").equals("running"));
    }
}
