package dev.sextant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Asks the catalog which tables hold rows of tenants, so that a new table cannot be forgotten here. */
class RowLevelSecurityIT {

    private static final List<String> TABLES = List.of(
            "tenant",
            "api_key",
            "api_key_text",
            "dataset",
            "rollup",
            "query_shape",
            "change",
            "operation",
            "saved_query",
            "tenant_security",
            "audit_log",
            "audit_record",
            "audit_personal",
            "audit_node",
            "audit_tree_head",
            "audit_change",
            "usage");

    private static PostgresConfig config;

    @BeforeAll
    static void twoTenantsHaveARowInEachTable() {
        config = TestServers.freshPostgres();
        for (String table : TABLES) {
            TestServers.asSuperuser(config, insertion(table, "a", 1));
            TestServers.asSuperuser(config, insertion(table, "b", 2));
        }
    }

    @Test
    void everyTenantTableForcesItAndHasRowsHere() throws SQLException {
        assertThat(tenantTables()).containsExactlyInAnyOrderElementsOf(TABLES);
        assertThat(texts(
                        PostgresRole.OWNER,
                        "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY 1"))
                .containsAll(tenantTables());
    }

    @TestFactory
    Stream<DynamicTest> withoutATenantThereAreNoRows() {
        return forEachTable(table -> {
            assertThat(texts(PostgresRole.APP, "SELECT count(*) FROM " + table)).containsExactly("0");
            assertThat(texts(
                            PostgresRole.APP,
                            "SELECT set_config('sextant.tenant', '', false); SELECT count(*) FROM " + table))
                    .containsExactly("0");
        });
    }

    @TestFactory
    Stream<DynamicTest> withoutATenantNothingIsInserted() {
        return forEachTable(table -> assertThatThrownBy(() -> texts(PostgresRole.APP, insertion(table, "a", 3)))
                .hasMessageMatching("(?s).*(row-level security|permission denied).*"));
    }

    @TestFactory
    Stream<DynamicTest> aTenantSeesItsOwnRowsOnly() {
        return forEachTable(table -> {
            String tenant = table.equals("tenant") ? "id" : "tenant_id";

            List<String> seen = texts(PostgresRole.APP, asA("SELECT " + tenant + " FROM " + table));

            assertThat(seen).containsExactly("ten_a");
        });
    }

    @TestFactory
    Stream<DynamicTest> aTenantInsertsNothingForAnother() {
        return forEachTable(table -> assertThatThrownBy(() -> texts(PostgresRole.APP, asA(insertion(table, "b", 4))))
                .hasMessageMatching("(?s).*(row-level security|permission denied).*"));
    }

    @TestFactory
    Stream<DynamicTest> aTenantNeitherChangesNorDeletesRowsOfAnother() {
        return forEachTable(table -> {
            String tenant = table.equals("tenant") ? "id" : "tenant_id";
            String others = " WHERE " + tenant + " = 'ten_b'";

            touch(asA("UPDATE " + table + " SET " + tenant + " = 'ten_a'" + others));
            touch(asA("DELETE FROM " + table + others));

            assertThat(texts(PostgresRole.PLATFORM, "SELECT count(*) FROM " + table + others))
                    .containsExactly("1");
        });
    }

    @TestFactory
    Stream<DynamicTest> theCredentialRoleReadsNoTable() throws SQLException {
        return texts(
                        PostgresRole.OWNER,
                        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relowner = 'sextant_owner'::regrole")
                .stream()
                .map(table -> DynamicTest.dynamicTest(
                        table,
                        () -> assertThatThrownBy(() -> texts(PostgresRole.AUTH, "SELECT * FROM " + table))
                                .hasMessageContaining("permission denied")));
    }

    @Test
    void theCredentialRoleMayAskForOneKey() throws SQLException {
        assertThat(texts(PostgresRole.AUTH, "SELECT key_id FROM credential('ak_1')"))
                .containsExactly("key_1");
        assertThat(texts(PostgresRole.AUTH, "SELECT key_id FROM credential('ak_')"))
                .isEmpty();
    }

    @Test
    void theTenantRoleMayNotAskForCredentials() {
        assertThatThrownBy(() -> texts(PostgresRole.APP, "SELECT * FROM credential('ak_1')"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void noRoleThatServesRequestsIsAboveTheRules() throws SQLException {
        String above = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'sextant%'"
                + " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)";

        assertThat(texts(PostgresRole.OWNER, above)).isEmpty();
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(url(), "sextant_app", "wrong"))
                .hasMessageContaining("password authentication failed");
    }

    private static Stream<DynamicTest> forEachTable(TableCheck check) {
        return TABLES.stream().map(table -> DynamicTest.dynamicTest(table, () -> check.check(table)));
    }

    private interface TableCheck {
        void check(String table) throws SQLException;
    }

    private static List<String> tenantTables() throws SQLException {
        return texts(
                PostgresRole.OWNER,
                "SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                        + " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
                        + " AND (a.attname = 'tenant_id' OR c.relname = 'tenant') ORDER BY 1");
    }

    private static String insertion(String table, String tenant, int number) {
        String sql = switch (table) {
            case "tenant" -> "INSERT INTO tenant (id, name, plan) VALUES ('ten_%1$s', '%1$s%2$d', 'standard')";
            case "api_key" ->
                "INSERT INTO api_key (id, tenant_id, name, scopes) VALUES"
                        + " ('key_%2$d', 'ten_%1$s', 'k', '{analytics:read}')";
            case "api_key_text" ->
                "INSERT INTO api_key_text (prefix, key_id, tenant_id, hash, ends_at) VALUES"
                        + " ('ak_%2$d', 'key_%2$d', 'ten_%1$s', sha256('k'), now())";
            case "dataset" -> "INSERT INTO dataset (tenant_id, name, model) VALUES ('ten_%1$s', 'd%2$d', '{}')";
            case "rollup" ->
                "INSERT INTO rollup (tenant_id, dataset, name, declaration) VALUES"
                        + " ('ten_%1$s', 'd%2$d', 'r%2$d', '{}')";
            case "query_shape" ->
                "INSERT INTO query_shape VALUES ('ten_%1$s', 'd%2$d', '2026-11-24', 's', '{}', 1, 1, 1, 0, 0, 1)";
            case "change" -> "INSERT INTO change VALUES (%2$d, 'ten_%1$s', 's', now())";
            case "operation" ->
                "INSERT INTO operation (id, tenant_id, query_id, actor, policy, scopes, question, est_ms, node, created_at)"
                        + " VALUES ('op_%2$d', 'ten_%1$s', 'qry_%2$d', 'k', 'all', '{}', '{}', 1, 'n', now())";
            case "saved_query" ->
                "INSERT INTO saved_query (id, tenant_id, name, query, created_by)"
                        + " VALUES ('sqy_%2$d', 'ten_%1$s', 'n', '{}', 'k')";
            case "tenant_security" -> "INSERT INTO tenant_security (tenant_id, document) VALUES ('ten_%1$s', '{}')";
            case "audit_log" -> "INSERT INTO audit_log VALUES ('ten_%1$s', 0, '')";
            case "audit_record" ->
                "INSERT INTO audit_record VALUES ('ten_%1$s', %2$d, '', '', 1, 'call', 'k', 'o', '', '', '', 200, '',"
                        + " 1, 0, 0, 0, 0, 0, 'j', %2$d)";
            case "audit_personal" -> "INSERT INTO audit_personal VALUES ('ten_%1$s', %2$d, '', '::1')";
            case "audit_node" -> "INSERT INTO audit_node VALUES ('ten_%1$s', 2, 1, '')";
            case "audit_tree_head" -> "INSERT INTO audit_tree_head VALUES ('ten_%1$s', %2$d, '')";
            case "audit_change" ->
                "INSERT INTO audit_change (request_id, tenant_id, trace_id, actor, operation)"
                        + " VALUES ('req_%2$d', 'ten_%1$s', 't', 'k', 'o')";
            case "usage" -> "INSERT INTO usage VALUES ('ten_%1$s', now(), 'o', 'k', 1, 0, 0, 0, 0, 0, '{}')";
            default -> throw new IllegalArgumentException(table);
        };
        return sql.formatted(tenant, number);
    }

    private static String asA(String sql) {
        return "SET sextant.tenant = 'ten_a'; " + sql;
    }

    /** Runs what must have no effect, whether it is refused or finds no row. */
    private static void touch(String sql) {
        try {
            texts(PostgresRole.APP, sql);
        } catch (SQLException e) {
            assertThat(e.getMessage()).matches("(?s).*(row-level security|permission denied).*");
        }
    }

    /** The first column of the last statement's rows. */
    private static List<String> texts(PostgresRole role, String sql) throws SQLException {
        String password = role.password(config.passwords()).value();
        try (Connection connection = DriverManager.getConnection(url(), role.user(), password);
                Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            List<String> texts = List.of();
            while (hasRows || statement.getUpdateCount() != -1) {
                texts = hasRows ? firstColumn(statement.getResultSet()) : List.of();
                hasRows = statement.getMoreResults();
            }
            return texts;
        }
    }

    private static List<String> firstColumn(ResultSet rows) throws SQLException {
        Stream.Builder<String> texts = Stream.builder();
        while (rows.next()) {
            texts.add(rows.getString(1));
        }
        return texts.build().toList();
    }

    private static String url() {
        return "jdbc:postgresql://" + config.host() + ":" + config.port() + "/" + config.database();
    }
}
