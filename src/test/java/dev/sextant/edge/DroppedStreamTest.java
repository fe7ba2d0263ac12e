package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.OpenDoor;
import dev.sextant.Origins;
import dev.sextant.edge.defence.BanConfig;
import dev.sextant.edge.defence.Bans;
import dev.sextant.http.AuditEntry;
import dev.sextant.http.AuditTrail;
import dev.sextant.http.Guard;
import dev.sextant.http.MessageSecurity;
import dev.sextant.http.OriginRules;
import dev.sextant.http.Reply;
import dev.sextant.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream that was opened, and that nobody gets. */
@Timeout(20)
class DroppedStreamTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(); // one that nobody holds is closed when it is collected
    private final Promise<Void> toldMaker = Promise.promise();

    /** Keeps nothing, and lets all pass. */
    private record OpenTrail() implements AuditTrail {

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void keep(AuditEntry entry) {}
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void whoeverMadeItLearnsThatTheAnswerCannotBeGiven() {
        HttpServer server = serverThatAnswers(Map.of("content-type", "text/csv\r\nno: header"));

        int status = ask(server);

        assertThat(status).isEqualTo(500);
        toldMaker.future().timeout(5, TimeUnit.SECONDS).await();
    }

    @Test
    void whoeverMadeItIsNotToldOfAnythingWhereItIsTaken() {
        HttpServer server = serverThatAnswers(Map.of("content-type", "text/csv"));

        int status = ask(server);

        assertThat(status).isEqualTo(200);
        assertThat(toldMaker.future().isComplete()).isFalse();
    }

    private int ask(HttpServer server) {
        return client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/health/live")
                .compose(request -> request.send())
                .compose(response -> response.end().map(response).map(HttpClientResponse::statusCode))
                .await();
    }

    private HttpServer serverThatAnswers(Map<String, String> headers) {
        ClientAddresses addresses = new ClientAddresses(EdgeConfig.DEFAULT.trusted());
        Router router = Router.router(vertx);
        router.route()
                .handler(context -> Arrival.note(context, addresses))
                .handler(handler(addresses, headers))
                .failureHandler(ProblemRenderer::render);
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
    }

    private OperationHandler handler(ClientAddresses addresses, Map<String, String> headers) {
        ContractOperation promised = Contract.read().operations().stream()
                .filter(operation -> operation.operationId().equals("getLiveness"))
                .findFirst()
                .orElseThrow();
        Guard.Next operation = call -> {
            call.receiver().hungUp().onSuccess(toldMaker::complete);
            return Future.succeededFuture(
                    new Reply.Stream(200, headers, new BufferStream(Buffer.buffer("n\r\n1\r\n"))));
        };
        Recognition recognition = new Recognition(
                promised,
                new OpenDoor(Origins.principal("acme")),
                new Bans(BanConfig.DEFAULT, InstantSource.system()),
                addresses);
        return new OperationHandler(
                new RequestReader(promised, new CheckedBodies(0), EdgeConfig.DEFAULT),
                operation,
                new OperationHandler.Entry(
                        recognition,
                        new CrossOrigin(OriginRules.NONE, Set.of()),
                        MessageSecurity.NONE,
                        new Records(new OpenTrail(), new OpenSockets())),
                new Telemetry().requests(promised.operationId()),
                EdgeConfig.DEFAULT);
    }
}
