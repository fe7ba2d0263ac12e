package dev.sextant.engine.druid;

import static dev.sextant.engine.Events.await;
import static dev.sextant.engine.Events.clicksFrom;
import static dev.sextant.engine.Events.patience;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.Appended;
import dev.sextant.engine.CommitListener;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.OlapEngineContract;
import dev.sextant.engine.Wording;
import dev.sextant.kernel.TenantId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a Druid and a Kafka that are there. Its tests share a datasource, and begin by dropping their tenants. */
@Tag("druid")
class DruidEngineIT extends OlapEngineContract {

    private static final String DATASOURCE = Stack.datasource("contract");
    private static final TenantId CROWD = new TenantId("ten_crowd");

    @TempDir
    static Path folder;

    @BeforeAll
    static void fill() {
        try (DruidEngine engine = Stack.start(Stack.config(DATASOURCE, folder), (_, _, _) -> {})) {
            await(engine.append(CROWD, clicksFrom("crowd", 0, 4_000), patience()));
            await(engine.settled(patience()));
        }
    }

    @AfterAll
    static void end() {
        Stack.end(DATASOURCE);
    }

    @Override
    protected OlapEngine start(CommitListener listener) {
        DruidEngine druid = Stack.start(Stack.config(DATASOURCE, folder), listener);
        await(druid.drop(ACME));
        await(druid.drop(OTHER));
        return druid;
    }

    /** Each of the crowd's events with each. */
    @Override
    protected String endless() {
        return "SELECT COUNT(*) FROM \"$events\" AS a JOIN \"$events\" AS b"
                + " ON a.\"source\" = b.\"source\" AND a.\"event_id\" <> b.\"batch_id\"";
    }

    @Override
    protected Wording words() {
        return Wording.POOLED;
    }

    @Override
    protected void settle() {
        await(((DruidEngine) engine).settled(patience()));
    }

    /** Duplicates of other batches are dropped after the append. */
    @Override
    protected void assertTold(Appended told, long accepted, long duplicates) {
        assertThat(told.accepted() + told.duplicates()).isEqualTo(accepted + duplicates);
    }
}
