package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.TestServers;
import dev.sextant.audit.log.OfflineCheck;
import dev.sextant.bus.Bus;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Whoever may write to the database changes one byte of the audit log, anywhere: it is named. */
@Timeout(300)
class AuditTamperingIT {

    private static final long TARGET = 5;
    private static PostgresConfig database;
    private static Service service;
    private static Customer acme;

    /** One column of the log, and its type. */
    private record Column(String table, String name, String type) {

        /** One bit of one byte of it changed; to change it twice changes nothing. */
        String flipped() {
            return switch (type) {
                case "text" ->
                    "CASE WHEN length(%1$s) < 2 THEN CASE %1$s WHEN '' THEN 'a' WHEN 'a' THEN '' ELSE %1$s END"
                            + " ELSE substr(%1$s, 1, length(%1$s) - 1) || chr(ascii(right(%1$s, 1)) # 1) END";
                case "bytea" -> "set_byte(%1$s, 0, get_byte(%1$s, 0) # 1)";
                default -> "%1$s # 1";
            };
        }

        String flip(String where) {
            return "ALTER TABLE %1$s DISABLE TRIGGER USER; UPDATE %1$s SET %2$s = %3$s WHERE %4$s; ALTER TABLE %1$s ENABLE TRIGGER USER"
                    .formatted(table, name, flipped().formatted(name), where);
        }
    }

    @BeforeAll
    static void fillALog() throws SQLException {
        database = TestServers.freshPostgres();
        service = new Service(Bus.Wire.WHERE_NEEDED, database);
        acme = service.newCustomer();
        for (int i = 0; i < 20; i++) {
            AuditContractTest.recordOf(acme, acme.caller().get("/api/v2/datasets"));
        }
        acme.caller().get("/api/v2/audit/tree-head");
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    private static Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(database.host(), database.port(), database.database()),
                user,
                password);
    }

    private static List<Column> columns(String table, Set<String> but) throws SQLException {
        List<Column> columns = new ArrayList<>();
        String sql =
                "SELECT attname, format_type(atttypid, -1) FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnum > 0 ORDER BY attnum"
                        .formatted(table);
        try (Connection connection =
                        connect("sextant_owner", database.passwords().owner().value());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                if (!but.contains(rows.getString(1))) {
                    columns.add(new Column(table, rows.getString(1), rows.getString(2)));
                }
            }
        }
        return columns;
    }

    private static JsonObject verified() {
        return acme.caller().post("/api/v2/audit/verify", "{}").bodyAsJsonObject();
    }

    private static OfflineCheck.Report checkedOffline() throws IOException {
        String export = acme.caller()
                .send(acme.caller().request(HttpMethod.POST, "/api/v2/audit/export"), Buffer.buffer())
                .bodyAsString();
        return OfflineCheck.check(new BufferedReader(new StringReader(export)), null);
    }

    @Test
    void aLogThatNobodyTouchedIsGood() throws IOException {
        assertThat(verified().getBoolean("valid")).isTrue();
        OfflineCheck.Report report = checkedOffline();
        assertThat(report.failures()).isEmpty();
        assertThat(report.records()).isGreaterThan(20);
        assertThat(report.keyId()).startsWith("sig_");
    }

    @TestFactory
    Stream<DynamicTest> aByteOfARecordIsNamed() throws SQLException {
        return columns("audit_record", Set.of()).stream()
                .map(column -> DynamicTest.dynamicTest(
                        column.name(), () -> flip(column, "leaf_index", Long.toString(TARGET))));
    }

    @TestFactory
    Stream<DynamicTest> aByteOfAPersonalPartIsNamed() throws SQLException {
        return columns("audit_personal", Set.of("tenant_id", "leaf_index")).stream() // without its row it is erased
                .map(column -> DynamicTest.dynamicTest(
                        column.name(), () -> flip(column, "leaf_index", Long.toString(TARGET))));
    }

    /** Moves aside or changes; checks; and puts it back as it was. */
    private static void flip(Column column, String by, String value) throws IOException {
        if (column.name().equals("leaf_index")) {
            move(TARGET, -1);
        } else {
            TestServers.asSuperuser(database, column.flip(by + " = " + value + ofAcme()));
        }
        JsonObject report = verified();
        OfflineCheck.Report offline = checkedOffline();
        if (column.name().equals("leaf_index")) {
            move(-1, TARGET);
        } else {
            TestServers.asSuperuser(database, column.flip(by + " = " + value + ofAcmeAgain(column)));
        }

        assertThat(report.getBoolean("valid")).isFalse();
        assertThat(report.getJsonArray("failures").stream()
                        .map(JsonObject.class::cast)
                        .map(failure -> failure.getLong("leaf_index")))
                .as(report.encode())
                .contains(TARGET);
        assertThat(offline.failures()).anyMatch(sentence -> sentence.contains("ecord " + TARGET));
        assertThat(verified().getBoolean("valid")).as("put back").isTrue();
    }

    private static void move(long from, long to) {
        TestServers.asSuperuser(
                database,
                "ALTER TABLE audit_record DISABLE TRIGGER USER; UPDATE audit_record SET leaf_index = %d WHERE leaf_index = %d AND tenant_id = '%s'; ALTER TABLE audit_record ENABLE TRIGGER USER"
                        .formatted(to, from, acme.tenant()));
    }

    private static String ofAcme() {
        return " AND tenant_id = '" + acme.tenant() + "'";
    }

    /** After its own byte was changed, the row is another tenant's. */
    private static String ofAcmeAgain(Column column) {
        if (!column.name().equals("tenant_id")) {
            return ofAcme();
        }
        char last = acme.tenant().charAt(acme.tenant().length() - 1);
        String flipped = acme.tenant().substring(0, acme.tenant().length() - 1) + (char) (last ^ 1);
        return " AND tenant_id = '" + flipped + "'";
    }

    @Test
    void aByteOfASubtreeIsNamed() {
        Column hash = new Column("audit_node", "hash", "bytea");
        String where = "leaf_after = 6 AND level = 1" + ofAcme();

        TestServers.asSuperuser(database, hash.flip(where));
        JsonObject report = verified();
        TestServers.asSuperuser(database, hash.flip(where));

        assertThat(report.getJsonArray("failures").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("leaf_index", 5)
                        .put("part", "node")
                        .put("detail", "The hash of the 2 records up to this one is another."));
    }

    @Test
    void aByteOfASignedHeadIsNamed() {
        Column signed = new Column("audit_tree_head", "signed", "text");
        JsonObject head = acme.caller().get("/api/v2/audit/tree-head").bodyAsJsonObject();
        String where = "size = " + head.getLong("tree_size") + ofAcme();

        TestServers.asSuperuser(
                database,
                signed.flip(where)
                        .replace(signed.flipped().formatted("signed"), "overlay(signed placing '!' from 40)"));
        JsonObject report = verified();

        assertThat(report.getBoolean("valid")).isFalse();
        assertThat(report.getJsonArray("failures").getJsonObject(0).getString("part"))
                .isEqualTo("tree_head");
        TestServers.asSuperuser(
                database,
                "ALTER TABLE audit_tree_head DISABLE TRIGGER USER; UPDATE audit_tree_head SET signed = '%s' WHERE %s; ALTER TABLE audit_tree_head ENABLE TRIGGER USER"
                        .formatted(head.getString("signed"), where));
        assertThat(verified().getBoolean("valid")).isTrue();
    }

    @Test
    void theHeadOfAnotherLogIsFound() {
        Customer victim = service.newCustomer();
        AuditContractTest.recordOf(victim, victim.caller().get("/api/v2/datasets"));
        JsonObject head = victim.caller().get("/api/v2/audit/tree-head").bodyAsJsonObject();
        long size = head.getLong("tree_size");

        TestServers.asSuperuser(
                database,
                "ALTER TABLE audit_tree_head DISABLE TRIGGER USER; UPDATE audit_tree_head SET signed = (SELECT signed FROM audit_tree_head WHERE tenant_id = '%s' LIMIT 1) WHERE tenant_id = '%s' AND size = %d; ALTER TABLE audit_tree_head ENABLE TRIGGER USER"
                        .formatted(acme.tenant(), victim.tenant(), size));

        JsonObject report = victim.caller().post("/api/v2/audit/verify", "{}").bodyAsJsonObject();
        assertThat(report.getBoolean("valid")).isFalse();
        assertThat(report.getJsonArray("failures").getJsonObject(0).getString("part"))
                .isEqualTo("tree_head");
    }

    @TestFactory
    Stream<DynamicTest> noRoleOfTheServerMayChangeTheLog() {
        return Stream.of("audit_record", "audit_node", "audit_tree_head", "audit_personal")
                .flatMap(table -> Stream.of("sextant_app", "sextant_platform", "sextant_owner")
                        .map(role -> DynamicTest.dynamicTest(
                                table + " by " + role,
                                () -> assertThatThrownBy(() -> change(table, role))
                                        .isInstanceOf(SQLException.class))));
    }

    private static void change(String table, String role) throws SQLException {
        var passwords = database.passwords();
        String password = switch (role) {
            case "sextant_app" -> passwords.app().value();
            case "sextant_platform" -> passwords.platform().value();
            default -> passwords.owner().value();
        };
        try (Connection connection = connect(role, password);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE " + table + " SET tenant_id = tenant_id");
        }
    }
}
