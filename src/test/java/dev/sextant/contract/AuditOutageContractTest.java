package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.Origins;
import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.datasets.DatasetAddresses;
import dev.sextant.datasets.GetDataset;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.launch.ServerInTests;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node whose journal is full: nothing ships it for a minute. */
@Timeout(60)
class AuditOutageContractTest {

    private static final int CALLS_MAX = 5000;

    @Test
    void nothingHappensThatCannotBePutOnRecord() {
        Map<String, String> small = Map.of(
                "audit.journal.segment_bytes", "65536",
                "audit.journal.bytes_max", "196608",
                "audit.ship.every", "60s");
        try (Service service =
                new Service(Bus.Wire.WHERE_NEEDED, TestServers.freshPostgres(), ServerInTests.config(small))) {
            Customer acme = service.newCustomer();

            HttpResponse<Buffer> refused = acme.caller().get("/api/v2/datasets");
            for (int i = 0; refused.statusCode() == 200 && i < CALLS_MAX; i++) {
                refused = acme.caller().get("/api/v2/datasets");
            }

            assertProblem(refused, 503, "audit_unavailable");
            assertThat(refused.getHeader("retry-after")).isEqualTo("1");
            assertProblem(
                    acme.caller().post("/api/v2/datasets", "{\"name\": \"sales\", \"model\": {}}"),
                    503,
                    "audit_unavailable");
            assertThat(problemOf(service, acme)).isInstanceOf(Problem.NotFound.class);
            assertThat(service.anonymous().get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    /** Past the edge: whether the dataset was made. */
    private static Problem problemOf(Service service, Customer customer) {
        Origin any = Origins.of("any", Duration.ofSeconds(5));
        Origin origin = new Origin(
                any.principal().at(new TenantId(customer.tenant())), any.trace(), Deadline.in(Duration.ofSeconds(5)));
        Throwable failure = service.bus()
                .askHere(DatasetAddresses.GET, new GetDataset("sales"), origin)
                .map(_ -> (Throwable) new AssertionError("There is such a dataset"))
                .recover(Future::succeededFuture)
                .await();
        return ((ProblemException) failure).problem();
    }
}
