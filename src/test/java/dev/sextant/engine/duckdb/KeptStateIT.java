package dev.sextant.engine.duckdb;

import static dev.sextant.engine.Events.CLICKS;
import static dev.sextant.engine.Events.NOON;
import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.clicks;
import static dev.sextant.engine.Events.clicksAt;
import static dev.sextant.engine.Events.patience;
import static dev.sextant.engine.Events.problem;
import static dev.sextant.engine.Events.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.Appended;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.Condition;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.EngineUnderTest;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.OlapEngine;
import dev.sextant.kernel.Problem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine keeps in its files beside the events. */
class KeptStateIT extends EngineUnderTest {

    private static final CommitListener NOBODY = (_, _, _) -> {};

    @TempDir
    Path folder;

    private volatile Instant now = NOON;

    @Override
    protected OlapEngine start(CommitListener listener) {
        return DuckDbEngine.start(DuckDbConfig.DEFAULT.in(folder), () -> now, listener);
    }

    @Override
    protected String endless() {
        return "SELECT COUNT(*) FROM range(10000000) AS a, range(10000000) AS b WHERE a.range + b.range = 7";
    }

    @Test
    void knowsTheChunksAgainAfterARestart() {
        for (int hour = 0; hour < 700; hour++) { // more hours than are told apart
            now = NOON.plus(Duration.ofHours(hour));
            await(engine.append(ACME, batch(CLICKS, event("id" + hour, now, row("home"), null)), patience()));
        }
        DatasetState before = await(engine.state(ACME, "clicks"));
        engine.close();

        engine = start(NOBODY);

        assertThat(await(engine.run(ACME, count("clicks"), patience())).state()).isEqualTo(before);
        assertThat(before.chunks().rows(null, null)).isEqualTo(700);
        assertThat(before.chunks().version(NOON, NOON.plusSeconds(1))).isEqualTo(12);
        assertThat(before.chunks().version(now, null)).isEqualTo(700);
        assertThat(before.chunks().isLong()).isFalse();
    }

    @Test
    void makesChunksOfAFileThatHasNone() throws SQLException {
        await(engine.append(ACME, clicks("a", "b"), patience()));
        engine.close();
        try (Connection file =
                        DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("tenants/ten_acme/events.duckdb"));
                Statement statement = file.createStatement()) {
            statement.execute("DROP TABLE sextant.chunk");
            statement.execute("ALTER TABLE clicks DROP COLUMN \"__version\"");
            statement.execute("CREATE TABLE sextant.state (dataset VARCHAR, data_version BIGINT, row_count BIGINT,"
                    + " watermark TIMESTAMP, committed_at TIMESTAMP)");
            statement.execute("INSERT INTO sextant.state VALUES ('clicks', 41, 2, TIMESTAMP '2026-03-01 12:00:00',"
                    + " TIMESTAMP '2026-03-01 12:00:01')");
        }

        engine = start(NOBODY);

        DatasetState state =
                await(engine.run(ACME, count("clicks"), patience())).state();
        assertThat(state.dataVersion()).isEqualTo(41);
        assertThat(state.rows()).isEqualTo(2);
        assertThat(state.watermark()).isEqualTo(NOON);
        assertThat(state.chunks().version(NOON, NOON.plusSeconds(1))).isEqualTo(41);
        assertThat(state.chunks().version(NOON.plus(Duration.ofDays(1)), null)).isZero();
        assertThat(await(engine.append(ACME, clicks("b", "c"), patience()))).isEqualTo(new Appended(1, 1, 42));
        assertThat(rows(
                        "SELECT event_id, \"__version\" FROM clicks ORDER BY event_id",
                        FieldType.STRING,
                        FieldType.LONG))
                .containsExactly(list("a", 0L), list("b", 0L), list("c", 42L));
    }

    @Test
    void remembersWhatWasDeletedAfterARestart() {
        await(engine.append(ACME, clicks("a", "b"), patience()));
        await(engine.delete(ACME, new Condition("clicks", "event_id = 'a'", List.of()), patience()));
        engine.close();

        engine = start(NOBODY);

        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(1L);
        assertThat(await(engine.append(ACME, clicks("a", "c"), patience()))).isEqualTo(new Appended(1, 1, 3));
        now = NOON.plus(Duration.ofDays(8));
        await(engine.delete(ACME, new Condition("clicks", "event_id = 'c'", List.of()), patience()));
        assertThat(await(engine.append(ACME, clicksAt(now, "a"), patience()))).isEqualTo(new Appended(1, 0, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRUE; DROP TABLE clicks", "TRUE -- x", "page = 'a' /* */", "1 = (SELECT 1"})
    void deletesByNoOtherThanACondition(String sql) {
        await(engine.append(ACME, clicks("a"), patience()));

        assertThat(problem(engine.delete(ACME, new Condition("clicks", sql, List.of()), patience())))
                .isInstanceOf(Problem.Fault.class);
        assertThat(value(await(engine.run(ACME, count("clicks"), patience())))).isEqualTo(1L);
    }
}
