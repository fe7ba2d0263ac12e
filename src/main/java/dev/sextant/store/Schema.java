package dev.sextant.store;

import org.flywaydb.core.Flyway;

/** The tables, as the migrations in {@code db/migration} make them. */
final class Schema {

    private Schema() {}

    /** Brings the schema up to date; nodes that start at once wait for each other. Blocks: not for an event loop. */
    static void migrate(PostgresConnections connections) {
        PostgresConfig config = connections.config();
        Flyway.configure()
                .dataSource(
                        connections.jdbcUrl(),
                        PostgresRole.OWNER.user(),
                        config.passwords().owner().value())
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
