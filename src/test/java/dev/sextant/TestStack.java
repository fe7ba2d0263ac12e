package dev.sextant;

import dev.sextant.launch.children.Children;
import dev.sextant.launch.children.DataFolder;
import dev.sextant.launch.children.TestFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A real Kafka and a real Druid for tests, started once for each test JVM, when first asked for, and ended with it. Tests
 * keep apart by using datasources of their own.
 */
public final class TestStack {

    /** Started when first used, by the class loader's rules, so by one thread. */
    private static final class Running {

        static final TestStack STACK = new TestStack();
    }

    private static final Path PROGRAMS = Path.of("cluster", "local");
    private static final long BUILD_SECONDS_MAX = 600;

    private final int kafkaPort;
    private final int druidPort;

    /** What a test starts as a process of its own takes the test's. */
    private static final String KAFKA_PROPERTY = "sextant.test.kafka";

    private static final String DRUID_PROPERTY = "sextant.test.druid";

    private TestStack() {
        String given = System.getProperty(KAFKA_PROPERTY, "");
        if (!given.isEmpty()) {
            kafkaPort = Integer.parseInt(given);
            druidPort = Integer.parseInt(System.getProperty(DRUID_PROPERTY, ""));
            return;
        }
        build();
        Path path = TestFolders.make();
        DataFolder folder = DataFolder.open(path);
        Children children = Children.open(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            children.close();
            folder.close();
            TestFolders.delete(path);
        }));
        CompletableFuture<Integer> kafka = CompletableFuture.supplyAsync(() -> children.startKafka(PROGRAMS));
        druidPort = children.startDruid(PROGRAMS);
        kafkaPort = kafka.join();
    }

    /** For the command line of a process that is to use this stack, too. */
    public static List<String> properties() {
        return List.of(
                "-D%s=%d".formatted(KAFKA_PROPERTY, kafkaPort()), "-D%s=%d".formatted(DRUID_PROPERTY, druidPort()));
    }

    public static int kafkaPort() {
        return Running.STACK.kafkaPort;
    }

    /** The port of Druid's broker. */
    public static int druidPort() {
        return Running.STACK.druidPort;
    }

    /** Kafka's {@code bootstrap.servers}. */
    public static String kafka() {
        return "127.0.0.1:" + kafkaPort();
    }

    /** Where Druid's broker is: {@code http://…}, without a slash at the end. */
    public static String broker() {
        return "http://localhost:" + Running.STACK.druidPort;
    }

    /** Where Druid's coordinator is, which is also its overlord. */
    public static String coordinator() {
        return "http://localhost:" + (Running.STACK.druidPort + 1);
    }

    /** Builds the programs that Kafka and Druid run in, as {@code ./sextant cluster} does. */
    public static void build() {
        try {
            Process maven = new ProcessBuilder(
                            "mvn", "-q", "-f", PROGRAMS.resolve("pom.xml").toString(), "compile")
                    .inheritIO()
                    .start();
            if (!maven.waitFor(BUILD_SECONDS_MAX, TimeUnit.SECONDS) || maven.exitValue() != 0) {
                maven.destroyForcibly();
                throw new IllegalStateException("Kafka and Druid for tests could not be built: see above");
            }
        } catch (IOException e) {
            throw new IllegalStateException("Kafka and Druid for tests need Maven on the path", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
