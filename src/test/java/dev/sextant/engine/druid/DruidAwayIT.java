package dev.sextant.engine.druid;

import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.clicks;
import static dev.sextant.engine.Events.patience;
import static dev.sextant.engine.Events.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestStack;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.engine.Wording;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.TenantId;
import dev.sextant.soak.ClusterSoak;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of questions while a broker is away, and of those behind it. */
@ClusterSoak
class DruidAwayIT {

    private static final TenantId ACME = new TenantId("ten_acme");

    private final String datasource = Stack.datasource("away");
    private final Vertx vertx = Vertx.vertx();
    private final NetClient toBroker = vertx.createNetClient();
    private final List<NetSocket> sockets = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        Stack.end(datasource);
        await(vertx.close());
    }

    /** Passes on what comes to the broker. */
    private NetServer road(int port) {
        return await(vertx.createNetServer()
                .connectHandler(client -> {
                    client.pause();
                    sockets.add(client);
                    toBroker.connect(TestStack.druidPort(), "localhost").onSuccess(broker -> {
                        client.pipeTo(broker);
                        broker.pipeTo(client);
                        client.resume();
                    });
                })
                .listen(port, "localhost"));
    }

    private static Plan count() {
        String sql = "SELECT COUNT(*) " + Wording.POOLED.from("clicks");
        Plan.Statement statement = new Plan.Statement(sql, Wording.POOLED.bound(), List.of(FieldType.LONG));
        return new Plan("clicks", List.of(statement), 10);
    }

    @Test
    void refusesWhileTheBrokerIsAwayAndGoesOnWhenItIsBack() {
        NetServer road = road(0);
        int port = road.actualPort();
        try (DruidEngine engine =
                Stack.start(Stack.config(datasource, folder, "http://localhost:" + port), (_, _, _) -> {})) {
            await(engine.append(ACME, clicks("a"), patience()));
            await(engine.settled(patience()));
            assertThat(await(engine.run(ACME, count(), patience())).results()).isEqualTo(List.of(List.of(List.of(1L))));

            await(road.close());
            sockets.forEach(NetSocket::close);

            for (int i = 0; i < 5; i++) {
                assertThat(problem(engine.run(ACME, count(), patience()))).isInstanceOf(Problem.Unavailable.class);
            }
            await(engine.append(ACME, clicks("b"), patience())); // Kafka is there
            road(port);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> engine.run(ACME, count(), patience())
                            .map(answer -> answer.results().equals(List.of(List.of(List.of(2L)))))
                            .otherwise(false)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get());
        }
    }

    @Test
    void refusesAnAnswerThatDoesNotEnd() {
        HttpServer broken = await(vertx.createHttpServer()
                .requestHandler(request -> request.response().end("[1]\n[2]\n"))
                .listen(0, "localhost"));
        DruidConfig config = Stack.config(datasource, folder, "http://localhost:" + broken.actualPort());
        Brokers brokers = new Brokers(vertx, config.servers());
        SqlClient sql = new SqlClient(vertx, config, brokers);

        SqlAsk ask = new SqlAsk("SELECT 1", List.of(), List.of(FieldType.LONG), 0);

        assertThat(problem(sql.rows(ask, patience(), SqlAnswer.Bounds.SMALL))).isInstanceOf(Problem.Unavailable.class);
        sql.close();
    }
}
