package dev.sextant.launch.children;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** Makes the roles and the database in a new cluster, as superuser. */
record PostgresAccess(int port, Secrets secrets) {

    static final String SUPERUSER = "postgres";
    static final String DATABASE = "sextant";

    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String STARTING_UP = "57P03";
    private static final String CONNECTION_FAILED = "08";
    private static final String UNFINISHED = "sextant_unfinished";

    /** The names in {@code postgres-roles.sql}, and what stands for them. */
    private static final Map<String, SecretName> PASSWORDS = Map.of(
            ":'owner_password'", SecretName.POSTGRES_OWNER,
            ":'app_password'", SecretName.POSTGRES_APP,
            ":'auth_password'", SecretName.POSTGRES_AUTH,
            ":'platform_password'", SecretName.POSTGRES_PLATFORM);

    /** False until the server answers; makes the database where there is none. */
    boolean isPrepared() throws IOException {
        try {
            connect(DATABASE).close();
            return true;
        } catch (SQLException e) {
            if (NO_SUCH_DATABASE.equals(e.getSQLState())) {
                makeDatabase();
                return true;
            }
            if (isNotThereYet(e)) {
                return false;
            }
            throw new IOException("PostgreSQL does not let its superuser in", e);
        }
    }

    private static boolean isNotThereYet(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith(CONNECTION_FAILED) || STARTING_UP.equals(state));
    }

    /** Under another name until it is complete: what was interrupted is made anew. */
    private void makeDatabase() throws IOException {
        try (Connection server = connect(SUPERUSER);
                Statement statement = server.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + UNFINISHED);
            statement.execute("CREATE DATABASE " + UNFINISHED);
            try (Connection database = connect(UNFINISHED);
                    Statement roles = database.createStatement()) {
                roles.execute(script());
            }
            statement.execute("ALTER DATABASE " + UNFINISHED + " RENAME TO " + DATABASE);
        } catch (SQLException e) {
            throw new IOException("The database could not be made", e);
        }
    }

    private String script() throws IOException {
        try (InputStream in = PostgresAccess.class.getResourceAsStream("/db/postgres-roles.sql")) {
            if (in == null) {
                throw new IOException("The build lacks db/postgres-roles.sql");
            }
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, SecretName> password : PASSWORDS.entrySet()) {
                // Base64url holds nothing that would need quoting.
                String literal = "'" + secrets.get(password.getValue()).value() + "'";
                script = script.replace(password.getKey(), literal);
            }
            return script;
        }
    }

    Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty(
                "password", secrets.get(SecretName.POSTGRES_SUPERUSER).value());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }
}
