package dev.sextant.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DuckDbConfigTest {

    @Test
    void namesTheKeyThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DuckDbConfig.Tenants(0, Duration.ofMinutes(1), 1, 1L << 30, 0))
                .withMessage("engine.duckdb.tenants.open_max must be 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DuckDbConfig.Queries(2, 2, 10, 10, Duration.ofSeconds(1), 1))
                .withMessage(
                        "engine.duckdb.queries.running_per_tenant_max must be 1 or more, and less than queries.threads");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DuckDbConfig.Appends(1, 10, 11, 1))
                .withMessage("engine.duckdb.appends.queued_bytes_per_tenant_max must be 1 to appends.queued_bytes_max");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DuckDbConfig.Dedupe(Duration.ZERO, 0))
                .withMessage("engine.duckdb.dedupe.window must be more than 0");
    }
}
