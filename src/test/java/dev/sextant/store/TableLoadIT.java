package dev.sextant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.TestServers;
import dev.sextant.launch.children.TestFolders;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables copied out of one database and into another. */
@Timeout(120)
class TableLoadIT {

    private static final String RECORD = """
            INSERT INTO audit_record SELECT 'ten_a', 0, '\\x00', '\\x01', 1, 'call', 'a', E'tab\\t\\\\n', 'r', 'q', 't', 200, '',
                   1, 1, 0, 0, 0, 0, 'jrn_a', 7""";
    private static final String FORCED = """
            SELECT relname || ' ' || relforcerowsecurity || ' ' || relrowsecurity FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname""";
    private static final String TRIGGERS =
            "SELECT tgname || ' ' || tgenabled::text FROM pg_trigger ORDER BY tgrelid, tgname";

    private final Path folder = TestFolders.make();
    private final Vertx vertx = Vertx.vertx();
    private final PostgresConfig from = TestServers.freshPostgres();
    private final PostgresConfig to = TestServers.freshPostgres();
    private Postgres postgres;

    @BeforeEach
    void openPostgres() {
        postgres = Postgres.open(vertx, from, InstantSource.system()).await();
    }

    @AfterEach
    void closePostgres() {
        postgres.close().await();
        vertx.close().await();
        TestFolders.delete(folder);
    }

    @Test
    void theCopyHoldsWhatThereWas() throws Exception {
        asPlatform(
                "INSERT INTO tenant (id, name, plan) VALUES ('ten_a', 'a', 'free')",
                "INSERT INTO operation (id, tenant_id, query_id, actor, policy, scopes, question, est_ms, node, created_at)"
                        + " VALUES ('op_1', 'ten_a', 'qry_1', 'a', '', '{a,\"b c\"}', '{}', 1, '', now())",
                "UPDATE revision SET value = 42",
                RECORD);
        Map<String, Path> files = new TreeMap<>();

        String schema = copyAll(files);
        TableLoad.load(to, schema, files);

        for (String table : files.keySet()) {
            assertThat(rows(to, table)).as(table).isEqualTo(rows(from, table));
        }
        assertThat(rows(to, "audit_record")).hasSize(1);
        assertThat(values(to, FORCED)).isEqualTo(values(from, FORCED));
        assertThat(values(to, TRIGGERS).stream().filter(trigger -> trigger.startsWith("stays")))
                .hasSize(4)
                .allMatch(trigger -> trigger.endsWith(" O"));
    }

    @Test
    void whatIsWrittenMeanwhileIsNotInIt() throws Exception {
        try (TableSnapshot snapshot = postgres.tableSnapshot()) {
            asPlatform("INSERT INTO tenant (id, name, plan) VALUES ('ten_late', 'late', 'free')");

            snapshot.copy("tenant", Files.newOutputStream(folder.resolve("tenant")));

            assertThat(folder.resolve("tenant")).content().doesNotContain("ten_late");
            assertThat(snapshot.tenants()).hasSize(1);
        }
    }

    @Test
    void aTableThatThePlatformDoesNotSeeWholeFailsTheSnapshot() throws Exception {
        asOwner("CREATE TABLE veiled (tenant_id text)", "GRANT SELECT ON veiled TO sextant_platform");
        asOwner("ALTER TABLE veiled ENABLE ROW LEVEL SECURITY");

        assertThatThrownBy(() -> postgres.tableSnapshot().close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("veiled");
    }

    @Test
    void whatFailsLeavesTheTablesAsTheyWere() throws Exception {
        Map<String, Path> files = new TreeMap<>();
        String schema = copyAll(files);
        Files.writeString(files.get("tenant_limits"), "tenant_id\tdocument\n");

        assertThatThrownBy(() -> TableLoad.load(to, schema, files))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tenant_limits");

        assertThat(rows(to, "tenant")).hasSize(1);
        assertThat(values(to, FORCED)).isEqualTo(values(from, FORCED));
    }

    @Test
    void aVersionThatTheBuildDoesNotHaveIsNotKnown() {
        assertThat(Schema.knows("24")).isTrue();
        assertThat(Schema.knows("9999")).isFalse();
        assertThat(Schema.knows("../1")).isFalse();
    }

    private String copyAll(Map<String, Path> files) throws IOException {
        try (TableSnapshot snapshot = postgres.tableSnapshot()) {
            for (String table : snapshot.tables()) {
                Path file = folder.resolve(table);
                try (OutputStream out = Files.newOutputStream(file)) {
                    snapshot.copy(table, out);
                }
                files.put(table, file);
            }
            return snapshot.schemaVersion();
        }
    }

    private static List<String> rows(PostgresConfig config, String table) throws SQLException {
        return values(config, "SELECT t::text FROM \"%s\" t ORDER BY 1".formatted(table));
    }

    private static List<String> values(PostgresConfig config, String sql) throws SQLException {
        try (Connection connection = PostgresConnections.jdbc(config, PostgresRole.PLATFORM);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private void asPlatform(String... statements) throws SQLException {
        run(PostgresRole.PLATFORM, statements);
    }

    private void asOwner(String... statements) throws SQLException {
        run(PostgresRole.OWNER, statements);
    }

    private void run(PostgresRole role, String... statements) throws SQLException {
        try (Connection connection = PostgresConnections.jdbc(from, role);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
