package dev.sextant.store;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** How one reaches PostgreSQL, in each role. */
record PostgresConnections(Vertx vertx, PostgresConfig config) {

    /** A pool that opens connections when they are needed, and again when they broke. */
    Pool pool(PostgresRole role, int connectionsMax) {
        int patienceMillis = (int) config.connectPatience().toMillis();
        return PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(connectionsMax)
                        .setMaxWaitQueueSize(config.waitersMax())
                        .setConnectionTimeout(patienceMillis)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .with(new NetClientOptions()
                        .setConnectTimeout(patienceMillis)
                        .setTcpKeepAlive(true)
                        .setTcpUserTimeout((int) config.patience().toMillis()))
                .connectingTo(options(role))
                .using(vertx)
                .build();
    }

    PgConnectOptions options(PostgresRole role) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setDatabase(config.database())
                .setUser(role.user())
                .setPassword(role.password(config.passwords()).value())
                .setCachePreparedStatements(true);
        String patienceMillis = Long.toString(config.patience().toMillis());
        return options.addProperty("application_name", "sextant")
                .addProperty("statement_timeout", patienceMillis)
                .addProperty("idle_in_transaction_session_timeout", patienceMillis);
    }

    String jdbcUrl() {
        return jdbcUrl(config);
    }

    /** One that blocks, outside of the pools. */
    Connection jdbc(PostgresRole role) throws SQLException {
        return jdbc(config, role);
    }

    static Connection jdbc(PostgresConfig config, PostgresRole role) throws SQLException {
        return DriverManager.getConnection(
                jdbcUrl(config), role.user(), role.password(config.passwords()).value());
    }

    static String jdbcUrl(PostgresConfig config) {
        return "jdbc:postgresql://%s:%d/%s?connectTimeout=5&ApplicationName=sextant"
                .formatted(config.host(), config.port(), config.database());
    }
}
