package dev.sextant.launch.children;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sextant.kernel.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildrenIT {

    private Path path;

    @BeforeEach
    void makeFolder() {
        path = TestFolders.make();
    }

    @AfterEach
    void leaveNothing() {
        List<Long> left = TestProcesses.in(path);
        TestFolders.delete(path);
        assertThat(left).isEmpty();
    }

    @Test
    void dataAndPortsOutliveARestart() throws SQLException {
        int postgresPort;
        int redisPort;
        try (DataFolder folder = DataFolder.open(path);
                Children children = Children.open(folder)) {
            postgresPort = children.startPostgres().port();
            redisPort = children.startRedis().port();
            Superuser.execute(folder, postgresPort, "sextant", "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        try (DataFolder folder = DataFolder.open(path);
                Children children = Children.open(folder)) {
            assertThat(children.startPostgres().port()).isEqualTo(postgresPort);
            assertThat(children.startRedis().port()).isEqualTo(redisPort);
            assertThat(answer(folder, postgresPort, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void whatIsAcknowledgedIsOnDisk() throws SQLException {
        try (DataFolder folder = DataFolder.open(path);
                Children children = Children.open(folder)) {
            int port = children.startPostgres().port();

            String settings = "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings"
                    + " WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')";

            assertThat(answer(folder, port, settings)).isEqualTo("fsync=on full_page_writes=on synchronous_commit=on");
        }
    }

    @Test
    void nothingListensBeyondTheLoopbackAddress() {
        try (DataFolder folder = DataFolder.open(path);
                Children children = Children.open(folder)) {
            int postgresPort = children.startPostgres().port();
            int redisPort = children.startRedis().port();

            assertThat(TestProcesses.listeners(TestProcesses.pid(path, "postgres")))
                    .containsExactly("0100007F:%04X".formatted(postgresPort));
            assertThat(TestProcesses.listeners(TestProcesses.pid(path, "redis")))
                    .containsExactly("0100007F:%04X".formatted(redisPort));
        }
    }

    @Test
    void nobodyIsLetInWithoutThePassword() {
        try (DataFolder folder = DataFolder.open(path);
                Children children = Children.open(folder)) {
            RedisServer redis = children.startRedis();

            assertThat(RedisFiles.answers(redis.port(), redis.password())).isTrue();
            assertThat(RedisFiles.answers(redis.port(), new Secret("wrong"))).isFalse();
        }
    }

    @Test
    void passwordsStandInPrivateFilesOnly() throws IOException {
        try (DataFolder folder = DataFolder.open(path);
                Children children = Children.open(folder)) {
            children.startPostgres();
            RedisServer redis = children.startRedis();

            assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            for (String file : List.of("secrets", "redis/redis.conf", "children.json")) {
                assertThat(Files.getPosixFilePermissions(path.resolve(file)))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
            assertThat(Files.readString(Path.of("/proc/" + TestProcesses.pid(path, "redis") + "/cmdline")))
                    .doesNotContain(redis.password().value());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "redis"})
    void aKilledChildComesBackAtTheSamePort(String child) {
        try (DataFolder folder = DataFolder.open(path);
                Children children = Children.open(folder)) {
            PostgresServer postgres = children.startPostgres();
            RedisServer redis = children.startRedis();
            long before = TestProcesses.pid(path, child);

            TestProcesses.kill(path, child);

            await().atMost(30, TimeUnit.SECONDS).until(() -> TestProcesses.pid(path, child) != before);
            await().atMost(30, TimeUnit.SECONDS)
                    .ignoreExceptions()
                    .until(() -> answer(folder, postgres.port(), "SELECT 1").equals("1")
                            && RedisFiles.answers(redis.port(), redis.password()));
        }
    }

    @Test
    void aTakenPortIsLeftForAnother() throws IOException {
        int port;
        try (DataFolder folder = DataFolder.open(path);
                Children children = Children.open(folder)) {
            port = children.startRedis().port();
        }

        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            try (DataFolder folder = DataFolder.open(path);
                    Children children = Children.open(folder)) {
                assertThat(children.startRedis().port()).isNotEqualTo(port);
            }
        }
    }

    @Test
    void aSecondServerOnTheFolderIsRefused() {
        try (DataFolder folder = DataFolder.open(path)) {
            assertThatThrownBy(() -> DataFolder.open(path))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessage("Another server uses the data folder " + folder.path()
                            + ": stop that one first, or give this one a folder of its own with --data-dir");
        }
    }

    @Test
    void aRefusalWithinOneProcessDoesNotOpenTheFolderToAnother() throws IOException {
        try (DataFolder folder = DataFolder.open(path)) {
            assertThatThrownBy(() -> DataFolder.open(folder.path())).isInstanceOf(CannotStartException.class);

            Process other = launch("tied");

            assertThat(other.onExit().join().exitValue()).isEqualTo(1);
        }
    }

    @Test
    void aSecondProcessOnTheFolderIsRefused() throws IOException {
        Process holder = hold("tied");
        try {
            assertThatThrownBy(() -> DataFolder.open(path)).isInstanceOf(CannotStartException.class);
        } finally {
            kill(holder);
            endWhatIsLeft();
        }
    }

    /** Loose children survive their parent, as where the system cannot tie them to it. */
    @ParameterizedTest
    @ValueSource(strings = {"tied", "loose"})
    void fiveKilledServersInARowLeaveNoProcessBehind(String tie) throws IOException {
        for (int times = 0; times < 5; times++) {
            Process holder = hold(tie);
            assertThat(TestProcesses.in(path)).isNotEmpty();
            kill(holder);
        }

        endWhatIsLeft();

        await().atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(TestProcesses.in(path)).isEmpty());
    }

    @Test
    void childrenThatAreTiedEndWithTheirParent() throws IOException {
        Process holder = hold("tied");

        kill(holder);

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(TestProcesses.in(path)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tied", "loose"})
    void aFirstStartThatWasKilledIsBegunAnew(String tie) throws IOException {
        Process holder = launch(tie);
        await().pollInterval(5, TimeUnit.MILLISECONDS)
                .until(() -> Files.exists(path.resolve("logs").resolve("initdb.log")));
        kill(holder);

        endWhatIsLeft();

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(TestProcesses.in(path)).isEmpty());
    }

    private void endWhatIsLeft() {
        try (DataFolder folder = DataFolder.open(path);
                Children children = Children.open(folder)) {
            children.startPostgres();
            children.startRedis();
        }
    }

    /** Starts another JVM with children on the folder; they answer when this returns. */
    private Process hold(String tie) throws IOException {
        Process holder = launch(tie);
        BufferedReader output = holder.inputReader();
        String line = output.readLine();
        while (line != null && !line.equals("ready")) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo("ready");
        return holder;
    }

    private Process launch(String tie) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildHolder.class.getName(),
                        path.toString(),
                        tie)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void kill(Process holder) {
        holder.destroyForcibly();
        holder.onExit().join();
    }

    private static String answer(DataFolder folder, int port, String sql) throws SQLException {
        try (Connection connection = Superuser.connect(folder, port, "sextant");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
