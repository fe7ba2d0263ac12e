package dev.sextant.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Questions to PostgreSQL about our tables; those of Flyway are none of ours. */
final class TableCatalog {

    private static final String OURS =
            "c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'flyway_schema_history'";

    static final String TABLES = "SELECT c.relname FROM pg_class c WHERE " + OURS + " ORDER BY c.relname";

    /** Whoever asks would be told fewer rows of them than there are. */
    static final String HIDDEN_TABLES = """
            SELECT c.relname FROM pg_class c
            WHERE %s AND NOT (has_table_privilege(c.oid, 'SELECT') AND (NOT c.relrowsecurity OR EXISTS (
                SELECT FROM pg_policy p
                WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('r', '*')
                  AND current_user::regrole = ANY (p.polroles) AND pg_get_expr(p.polqual, p.polrelid) = 'true')))
            ORDER BY c.relname""".formatted(OURS);

    /** Those whose owner is held to row-level security, too. */
    static final String FORCED_TABLES =
            "SELECT c.relname FROM pg_class c WHERE " + OURS + " AND c.relforcerowsecurity ORDER BY c.relname";

    /** Each table that refers to another one, and that one. */
    static final String REFERENCES = """
            SELECT c.relname, r.relname FROM pg_constraint k
            JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
            WHERE k.contype = 'f' AND c.oid <> r.oid AND %s""".formatted(OURS);

    /** Has the next number of each sequence be above those that its column holds. */
    static final String CATCH_SEQUENCES_UP = """
            DO $$
            DECLARE
                owned record;
            BEGIN
                FOR owned IN
                    SELECT s.oid::regclass AS sequence, c.oid::regclass AS holder, a.attname AS name
                    FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                    JOIN pg_class c ON c.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
                    WHERE d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND %s
                LOOP
                    EXECUTE format('SELECT setval(%%L, coalesce((SELECT max(%%I) FROM %%s), 0) + 1, false)',
                                   owned.sequence, owned.name, owned.holder);
                END LOOP;
            END $$""".formatted(OURS);

    private TableCatalog() {}

    /** The table's name as SQL writes it. */
    static String quoted(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT quote_ident(?)")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
