package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.sextant.QuietLog;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From what a caller is told of a fault, one finds it in the log. */
@Timeout(20)
class LoggedFaultTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(); // one that nobody holds is closed when it is collected

    private record Answer(String requestId, JsonObject problem) {}

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void aFaultThatWasMetElsewhereIsNamedWithItsRequest() {
        HttpServer server =
                serverThatFails(new ProblemException(Problem.Fault.of("met-elsewhere", "The request failed")));

        List<String> told;
        Answer answer;
        try (QuietLog log = QuietLog.listen()) {
            answer = ask(server);
            told = log.told(Level.ERROR);
        }

        assertThat(answer.problem().getString("detail")).contains("met-elsewhere");
        assertThat(told)
                .containsExactly(
                        "dev.sextant.http.FaultLog: Request[%s] is told of a fault, trace[%s], incident[met-elsewhere]"
                                .formatted(answer.requestId(), TRACE));
    }

    @Test
    void theCauseAndTheRequestHaveTheSameIncident() {
        HttpServer server = serverThatFails(new IllegalStateException("broken"));

        List<String> told;
        Answer answer;
        try (QuietLog log = QuietLog.listen()) {
            answer = ask(server);
            told = log.told(Level.ERROR);
        }

        String incident = answer.problem().getString("detail").replaceAll(".*incident (.*)\\.", "$1");
        assertThat(told).hasSize(2).allMatch(line -> line.contains("incident[" + incident + "]"));
        assertThat(told.getLast()).contains("Request[" + answer.requestId() + "]");
    }

    @Test
    void whatCallersDoWrongIsNotInTheLog() {
        HttpServer server = serverThatFails(new ProblemException(new Problem.NotFound("Nothing is there.")));

        try (QuietLog log = QuietLog.listen()) {
            ask(server);

            assertThat(log.told(Level.INFO)).isEmpty();
        }
    }

    private Answer ask(HttpServer server) {
        return client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.putHeader("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                        .send())
                .compose(response -> response.body().map(body -> answer(response, body)))
                .await();
    }

    private static Answer answer(HttpClientResponse response, Buffer body) {
        return new Answer(response.getHeader("x-request-id"), body.toJsonObject());
    }

    private HttpServer serverThatFails(Throwable failure) {
        ClientAddresses addresses = new ClientAddresses(EdgeConfig.DEFAULT.trusted());
        Router router = Router.router(vertx);
        router.route()
                .handler(context -> Arrival.note(context, addresses))
                .handler(context -> context.fail(failure))
                .failureHandler(ProblemRenderer::render);
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
    }
}
