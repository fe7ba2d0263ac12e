package dev.sextant.store;

import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** The tables, as the migrations in {@code db/migration} make them. */
public final class Schema {

    private Schema() {}

    /**
     * Brings the schema up to date; nodes that start at once wait for each other. Blocks: not for an event loop.
     *
     * @return the version that it has then
     */
    static String migrate(PostgresConfig config) {
        return migrate(config, "latest");
    }

    /** Brings it to that version and no further. */
    static String migrate(PostgresConfig config, String version) {
        Flyway flyway = flyway(config, version);
        flyway.migrate();
        MigrationInfo current = Objects.requireNonNull(flyway.info().current());
        return current.getVersion().getVersion();
    }

    /** Whether the migrations of this build lead to that version. Needs no database. */
    public static boolean knows(String version) {
        return version.matches("[0-9.]+") && Migrations.versions().contains(version);
    }

    private static Flyway flyway(PostgresConfig config, String version) {
        return Flyway.configure()
                .dataSource(
                        PostgresConnections.jdbcUrl(config),
                        PostgresRole.OWNER.user(),
                        config.passwords().owner().value())
                .locations("classpath:db/migration")
                .target(version)
                .load();
    }
}
