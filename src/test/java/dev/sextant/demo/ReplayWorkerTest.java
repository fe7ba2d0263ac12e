package dev.sextant.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.MovableClock;
import dev.sextant.bus.Bus;
import dev.sextant.ingest.DatasetReceipt;
import dev.sextant.ingest.IngestAddresses;
import dev.sextant.ingest.IngestReceipt;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReplayWorkerTest {

    private static final Target TARGET = new Target(new TenantId("ten_a"), "edits");
    private static final Duration EVERY = Duration.ofMillis(5);

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, Bus.Wire.WHERE_NEEDED);
    private final MovableClock clock = new MovableClock();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeVertx() {
        vertx.close().await();
    }

    @Test
    void sendsWhatIsDueAgainAndAgain() {
        answer(receipt -> receipt);

        deploy();

        clock.advance(Duration.ofSeconds(1));
        await().until(() -> !heard.isEmpty());
        int before = heard.size();
        clock.advance(Duration.ofSeconds(1));
        await().until(() -> heard.size() > before);
        assertThat(List.copyOf(heard)).doesNotHaveDuplicates();
    }

    @Test
    void sendsTheVerySameAgainWhereItWasRefused() {
        int[] refusals = {2};
        answer(receipt -> refusals[0]-- > 0
                ? ProblemException.failed(new Problem.Unavailable("engine", "The engine is away."))
                : receipt);

        deploy();

        clock.advance(Duration.ofSeconds(1));
        await().until(() -> heard.size() >= 3);
        List<String> batches = List.copyOf(heard);
        assertThat(batches.get(0)).isNotEmpty().isEqualTo(batches.get(1)).isEqualTo(batches.get(2));
    }

    @Test
    void endsOnceTheBatchUnderWayIsAnswered() {
        Promise<DatasetReceipt> answer = Promise.promise();
        answer(_ -> answer.future());
        String deployment = deploy();
        clock.advance(Duration.ofSeconds(1));
        await().until(() -> heard.size() == 1);

        Future<Void> ended = vertx.undeploy(deployment);

        assertThat(ended.isComplete()).isFalse();
        answer.complete(receipt());
        ended.await();
        clock.advance(Duration.ofSeconds(1));
        assertThat(heard).hasSize(1);
    }

    private String deploy() {
        EditFeed feed = new EditFeed(100, clock.instant());
        return vertx.deployVerticle(
                        new ReplayWorker(new DemoClient(bus), TARGET, feed, EVERY, clock),
                        new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
                .await();
    }

    private void answer(UnaryOperator<Future<DatasetReceipt>> by) {
        bus.answer(IngestAddresses.APPEND, (question, _) -> {
                    heard.add(question.bytes().toString());
                    return by.apply(Future.succeededFuture(receipt()));
                })
                .await();
    }

    private static DatasetReceipt receipt() {
        return new DatasetReceipt("edits", new IngestReceipt("btc_1", 1, 0, 0, "dv_1", null, "P7D", List.of(), 0));
    }
}
