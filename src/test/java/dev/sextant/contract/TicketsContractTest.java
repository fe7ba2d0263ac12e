package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.bus.Bus;
import dev.sextant.identity.ticket.RedeemTicket;
import dev.sextant.identity.ticket.TicketAddresses;
import dev.sextant.identity.ticket.TicketHolder;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Trace;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tickets: issued over HTTP, redeemed within the node. */
@Timeout(60)
@Covers("issueTicket")
class TicketsContractTest {

    private static final String TICKET = "/api/v2/auth/ws-ticket";

    private static Service service;
    private static Customer acme;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        acme = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void standsForItsHolderOnce() {
        HttpResponse<Buffer> issued = issue(acme.caller(), "");

        TicketHolder holder = redeem(ticket(issued));

        assertThat(issued.getHeader("cache-control")).isEqualTo("no-store");
        assertThat(issued.bodyAsJsonObject().getLong("expires_in")).isEqualTo(30);
        assertThat(holder.principal().tenant().value()).isEqualTo(acme.tenant());
        assertThat(holder.actor()).isEqualTo(acme.keyId());
        assertThat(holder.scopes()).isEqualTo(Service.CUSTOMER_SCOPES);
        assertRefused(ticket(issued), Problem.Unauthenticated.class);
    }

    @Test
    void standsForThePlatformAtTheTenantThatItWorksFor() {
        HttpResponse<Buffer> issued = issue(service.platform(), "?tenant_id=" + acme.tenant());

        assertThat(redeem(ticket(issued)).tenant()).isEqualTo(acme.tenant());
    }

    @Test
    void endsWithItsKey() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("analytics:read"));
        HttpResponse<Buffer> issued = issue(service.platform().as(key.getString("key")), "");

        acme.caller().delete("/api/v2/api-keys/" + key.getString("id"));

        assertRefused(ticket(issued), Problem.CredentialEnded.class);
    }

    @Test
    void nobodyIsAdmittedByATicketThatWeDidNotIssue() {
        assertRefused("", Problem.Unauthenticated.class);
        assertRefused("wst_acme." + "A".repeat(43), Problem.Unauthenticated.class);
    }

    @Test
    void refusesWhoeverMayNotRead() {
        JsonObject key = Service.newKey(acme.caller(), acme.tenant(), List.of("events:write"));

        assertProblem(issue(service.platform().as(key.getString("key")), ""), 403, "insufficient_scope");
        assertProblem(issue(acme.caller(), "?tenant_id=ten_platform"), 403, "tenant_mismatch");
    }

    private static HttpResponse<Buffer> issue(Caller caller, String query) {
        return caller.send(caller.request(HttpMethod.POST, TICKET + query), Buffer.buffer());
    }

    private static String ticket(HttpResponse<Buffer> issued) {
        return issued.bodyAsJsonObject().getString("ticket");
    }

    private static TicketHolder redeem(String ticket) {
        Trace trace = new Trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
        Origin nobody = new Origin(Principal.NOBODY, trace, Deadline.in(Duration.ofSeconds(5)));
        return service.bus()
                .ask(TicketAddresses.REDEEM, new RedeemTicket(ticket, "127.0.0.1"), nobody)
                .await();
    }

    private static void assertRefused(String ticket, Class<? extends Problem> problem) {
        assertThatThrownBy(() -> redeem(ticket))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem()).isInstanceOf(problem));
    }
}
