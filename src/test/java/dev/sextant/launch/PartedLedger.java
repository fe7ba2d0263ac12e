package dev.sextant.launch;

import dev.sextant.TestServers;
import dev.sextant.store.PostgresConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Has PostgreSQL note who takes which lease, begins and ends which operation, and purges which tenant, at the moment it happens. */
record PartedLedger(PostgresConfig database) {

    /** Those of which the text says that they are slow take seconds to begin; the others a moment, so that some wait. */
    private static final String NOTE = """
            CREATE TABLE seen_lease (name text, owner text, epoch bigint, epoch_before bigint, had_ended boolean);
            CREATE FUNCTION see_lease() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                INSERT INTO seen_lease VALUES
                    (NEW.name, NEW.owner, NEW.epoch, OLD.epoch, OLD.expires_at <= clock_timestamp());
                RETURN NEW; END $$;
            CREATE TRIGGER see_lease BEFORE UPDATE ON node_lease FOR EACH ROW
                WHEN ((OLD.owner, OLD.epoch) IS DISTINCT FROM (NEW.owner, NEW.epoch)) EXECUTE FUNCTION see_lease();

            CREATE TABLE seen_operation (id text, node text, attempt integer, status text);
            CREATE FUNCTION see_operation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                INSERT INTO seen_operation VALUES (NEW.id, NEW.node, NEW.attempts, NEW.status);
                IF NEW.status = 'running' THEN
                    PERFORM pg_sleep(CASE WHEN NEW.question LIKE '%slow%' THEN 4 ELSE 1 END);
                END IF;
                RETURN NEW; END $$;
            CREATE TRIGGER see_operation BEFORE UPDATE ON operation FOR EACH ROW
                WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION see_operation();

            CREATE TABLE seen_purge (id text);
            CREATE FUNCTION see_purge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                INSERT INTO seen_purge VALUES (OLD.id);
                PERFORM pg_sleep(0.6);
                RETURN OLD; END $$;
            CREATE TRIGGER see_purge BEFORE DELETE ON tenant FOR EACH ROW EXECUTE FUNCTION see_purge();

            GRANT SELECT ON seen_lease, seen_operation, seen_purge TO sextant_platform""";

    static PartedLedger begin(PostgresConfig database) {
        TestServers.asSuperuser(database, NOTE);
        return new PartedLedger(database);
    }

    /** Forgets what it noted. */
    void clear() {
        TestServers.asSuperuser(database, "DELETE FROM seen_lease; DELETE FROM seen_operation; DELETE FROM seen_purge");
    }

    /** Leases that somebody took before their time was over, or without a new epoch. */
    List<String> wrongTakeovers() {
        return texts("SELECT name FROM seen_lease WHERE NOT had_ended OR epoch <> epoch_before + 1");
    }

    long takeovers() {
        return number("SELECT count(*) FROM seen_lease");
    }

    /** Operations that ended more than once, or that two began at the same attempt. */
    List<String> doneTwice() {
        return texts("""
                SELECT id || ' ' || status FROM seen_operation WHERE status <> 'queued'
                GROUP BY id, status, CASE status WHEN 'running' THEN attempt END HAVING count(*) > 1""");
    }

    /** Operations that were taken over from a node. */
    List<String> takenOver() {
        return texts("SELECT DISTINCT id FROM seen_operation WHERE attempt > 1");
    }

    /** Has the purges of all tenants that are to be purged fall due now. */
    void purgeNow() {
        TestServers.asSuperuser(database, """
                UPDATE tenant SET purge_after = now() WHERE purge_after IS NOT NULL;
                UPDATE scheduled_tasks SET execution_time = now() WHERE task_name = 'tenants.purge'""");
    }

    long purgesUnderWay() {
        return number("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'tenants.purge' AND picked");
    }

    long purgesToDo() {
        return number("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'tenants.purge'");
    }

    List<String> purged() {
        return texts("SELECT id FROM seen_purge");
    }

    /** Jobs that somebody was at for longer than a minute. */
    List<String> stuckJobs() {
        return texts("""
                SELECT task_name || ' ' || task_instance FROM scheduled_tasks
                WHERE picked AND last_heartbeat < now() - interval '1 minute'""");
    }

    private long number(String sql) {
        return Long.parseLong(texts(sql).getFirst());
    }

    private List<String> texts(String sql) {
        String url = "jdbc:postgresql://%s:%d/%s".formatted(database.host(), database.port(), database.database());
        String password = database.passwords().platform().value();
        try (Connection connection = DriverManager.getConnection(url, "sextant_platform", password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
