package dev.sextant.launch.children;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program below {@code cluster/local} that Maven has built: a JVM of its own, with its own class path.
 *
 * @param home with {@code target/classes} and {@code target/classpath}
 */
record LocalProgram(Path home) {

    /** What Druid needs of a JVM, and Kafka does not mind. */
    private static final List<String> OPENED = List.of(
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** @param megabytes of heap */
    List<String> command(String mainClass, int megabytes, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms%dm".formatted(megabytes),
                "-Xmx%dm".formatted(megabytes),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // ready sooner, and kinder to the other processes of a small machine
                "-XX:+ExitOnOutOfMemoryError",
                "-Duser.timezone=UTC",
                "-Djava.util.logging.manager=org.apache.logging.log4j.jul.LogManager"));
        command.addAll(OPENED);
        command.addAll(List.of("-cp", classPath(), mainClass));
        command.addAll(arguments);
        return command;
    }

    private String classPath() throws IOException {
        Path list = home.resolve("target").resolve("classpath");
        if (!Files.exists(list)) {
            throw new CannotStartException(
                    home + " is not built: mvn -q -f " + home.resolveSibling("pom.xml") + " compile", null);
        }
        return home.resolve("target").resolve("classes").toAbsolutePath() + ":"
                + Files.readString(list).strip();
    }
}
