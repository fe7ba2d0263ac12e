package dev.sextant.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * One Kafka broker, which is its own controller, on the loopback address: {@code LocalKafka FOLDER PORT}. The controller
 * listens at the next port. What was written is there again after the next start on the same folder.
 */
public final class LocalKafka {

    private LocalKafka() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int port = Integer.parseInt(arguments[1]);
        Path configuration = folder.resolve("server.properties");
        Files.write(configuration, configuration(folder.resolve("log"), port, port + 1));
        if (!Files.exists(folder.resolve("log").resolve("meta.properties"))) {
            format(configuration);
        }
        kafka.Kafka.main(new String[] {configuration.toString()});
    }

    private static void format(Path configuration) {
        String[] command = {
            "format", "-t", Uuid.randomUuid().toString(), "-c", configuration.toString(), "--standalone"
        };
        if (kafka.tools.StorageTool.execute(command, System.out) != 0) {
            throw new IllegalStateException("Kafka's folder cannot be formatted");
        }
    }

    /** Every acknowledged record is on disk's way: one broker has nobody else to keep it. */
    private static List<String> configuration(Path log, int port, int controllerPort) {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.bootstrap.servers=127.0.0.1:" + controllerPort,
                "listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort),
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names=CONTROLLER",
                "inter.broker.listener.name=PLAINTEXT",
                "log.dirs=" + log,
                "num.partitions=1",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.num.partitions=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.num.partitions=1",
                "share.coordinator.state.topic.min.isr=1",
                "group.initial.rebalance.delay.ms=0",
                "message.max.bytes=33554432",
                "auto.create.topics.enable=false");
    }
}
