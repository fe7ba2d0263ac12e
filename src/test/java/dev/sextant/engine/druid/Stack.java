package dev.sextant.engine.druid;

import dev.sextant.TestStack;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.Events;
import dev.sextant.engine.druid.DruidConfig.Datasources;
import dev.sextant.engine.druid.DruidConfig.Kafka;
import dev.sextant.engine.druid.DruidConfig.Queries;
import dev.sextant.engine.druid.DruidConfig.Servers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import org.awaitility.Awaitility;

/** The Druid and the Kafka that tests run against, and configurations of engines over them. */
public final class Stack {

    private Stack() {}

    /** A datasource's name that nobody else has. */
    public static String datasource(String about) {
        return "eng_" + about + "_"
                + UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT);
    }

    /** An engine over an empty datasource, or one that goes on with it; ready when it is returned. */
    public static DruidEngine start(DruidConfig config, CommitListener listener) {
        DruidEngine engine = DruidEngine.start(config, InstantSource.fixed(Events.NOON), listener);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> engine.health()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .handle((_, failure) -> failure == null)
                        .get());
        return engine;
    }

    /** Has Druid read the datasource no more: its tasks are few. */
    public static void end(String datasource) {
        supervisor(datasource, "terminate");
    }

    /** Tells what reads the datasource to do so. */
    static void supervisor(String datasource, String order) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create(TestStack.coordinator() + "/druid/indexer/v1/supervisor/" + datasource + "/" + order);
            http.send(
                    HttpRequest.newBuilder(uri)
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Druid does not answer", e);
        }
    }

    public static DruidConfig config(String datasource, Path folder) {
        return config(datasource, folder, TestStack.broker());
    }

    /** Where what was deleted is taken out of the segments without delay. */
    static DruidConfig removing(DruidConfig config) {
        Datasources datasources = config.datasources();
        return new DruidConfig(
                config.folder(),
                config.kafka(),
                config.servers(),
                new Datasources(
                        datasources.pool(),
                        datasources.dedicated(),
                        datasources.segments(),
                        datasources.taskDuration(),
                        datasources.definePatience(),
                        datasources.deletionsMax(),
                        Duration.ofSeconds(1)),
                config.queries(),
                config.freshness(),
                config.dedupe());
    }

    /** Over a broker at this address. */
    static DruidConfig config(String datasource, Path folder, String broker) {
        DruidConfig base = DruidConfig.DEFAULT;
        Kafka kafka = base.kafka();
        Servers servers = base.servers();
        Queries queries = base.queries();
        Datasources datasources = base.datasources();
        return new DruidConfig(
                folder,
                new Kafka(
                        TestStack.kafka(),
                        1,
                        kafka.patience(),
                        kafka.stall(),
                        kafka.inFlightBytesMax(),
                        kafka.batchBytesMax(),
                        kafka.retention(),
                        kafka.spoolBytesMax()),
                new Servers(
                        broker,
                        TestStack.coordinator(),
                        servers.connectionsMax(),
                        servers.connectPatience(),
                        servers.failuresMax(),
                        servers.pause()),
                new Datasources(
                        datasource,
                        "",
                        datasources.segments(),
                        datasources.taskDuration(),
                        datasources.definePatience(),
                        datasources.deletionsMax(),
                        datasources.removalPeriod()),
                new Queries(
                        queries.runningMax(),
                        queries.runningPerTenantMax(),
                        queries.queuedMax(),
                        queries.queuedPerTenantMax(),
                        Duration.ofSeconds(60), // other tests have the machine, too
                        queries.resultBytesMax(),
                        queries.subqueryRowsMax(),
                        queries.lane()),
                base.freshness(),
                base.dedupe());
    }
}
