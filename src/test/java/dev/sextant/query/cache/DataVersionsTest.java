package dev.sextant.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class DataVersionsTest {

    private static final TenantId ACME = new TenantId("ten_acme");

    private final DataVersions versions = new DataVersions();

    private static DatasetState state(long version) {
        return new DatasetState(version, version, null, null);
    }

    @Test
    void knowsNothingUntilItHears() {
        assertThat(versions.known(ACME, "sales")).isEmpty();
    }

    @Test
    void neverGoesBack() {
        versions.committed(ACME, "sales", state(7));
        versions.committed(ACME, "sales", state(5));

        assertThat(versions.known(ACME, "sales")).contains(state(7));
    }

    @Test
    void asksTheEngineOnceForWhatItHasNotHeard() {
        AtomicInteger asked = new AtomicInteger();
        BiFunction<TenantId, String, Future<DatasetState>> engine =
                (_, _) -> Future.succeededFuture(state(asked.incrementAndGet()));

        Future<DatasetState> first = versions.knownOr(ACME, "sales", engine);
        Future<DatasetState> second = versions.knownOr(ACME, "sales", engine);

        assertThat(first.result()).isEqualTo(state(1));
        assertThat(second.result()).isEqualTo(state(1));
    }

    @Test
    void keepsTenantsAndDatasetsApart() {
        versions.committed(ACME, "sales", state(7));

        assertThat(versions.known(ACME, "other")).isEmpty();
        assertThat(versions.known(new TenantId("ten_bolt"), "sales")).isEmpty();
    }
}
