package dev.sextant.query.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.datasets.Dataset;
import dev.sextant.kernel.Bytes;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.Query;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PreparedQueriesTest {

    private static final TenantId TENANT = new TenantId("ten_a");

    private final PreparedQueries prepared = new PreparedQueries(1 << 20);

    @Test
    void readsATextOfTheSameDatasetNoMoreOnceItCameAgain() throws Exception {
        Query first = prepare(TENANT, dataset("channel", 1), "channel");
        Query second = prepare(TENANT, dataset("channel", 1), "channel");

        Query third = prepare(TENANT, dataset("channel", 1), "channel");

        assertThat(second).isEqualTo(first).isNotSameAs(first);
        assertThat(third).isSameAs(second);
    }

    @Test
    void readsATextAnewForAnotherTenantAndForAnotherVersionOfTheModel() throws Exception {
        prepare(TENANT, dataset("channel", 1), "channel");
        Query first = prepare(TENANT, dataset("channel", 1), "channel");

        Query ofOther = prepare(new TenantId("ten_b"), dataset("channel", 1), "channel");
        Query ofLater = prepare(TENANT, dataset("channel", 2), "channel");

        assertThat(ofOther).isNotSameAs(first);
        assertThat(ofLater).isNotSameAs(first);
    }

    @Test
    void knowsWhatItRemembersOfThisTenantAndThisModelOnly() throws Exception {
        prepare(TENANT, dataset("channel", 1), "channel");
        Query second = prepare(TENANT, dataset("channel", 1), "channel");

        assertThat(prepared.known(TENANT, dataset("channel", 1), text("channel"))
                        .map(PreparedQueries.Prepared::query))
                .containsSame(second);
        assertThat(prepared.known(new TenantId("ten_b"), dataset("channel", 1), text("channel")))
                .isEmpty();
        assertThat(prepared.known(TENANT, dataset("channel", 2), text("channel")))
                .isEmpty();
    }

    @Test
    void refusesAgainWhatItRefused() throws Exception {
        Dataset dataset = dataset("channel", 1);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> prepare(TENANT, dataset, "country")).isInstanceOf(ProblemException.class);
        }
    }

    private Query prepare(TenantId tenant, Dataset dataset, String field) throws Exception {
        Bytes text = text(field);
        return prepared.prepare(tenant, dataset, text, Json.tree(text.array())).query();
    }

    private static Bytes text(String field) {
        String text = "{\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[\"%s\"]}".formatted(field);
        return Bytes.of(text.getBytes(UTF_8));
    }

    private static Dataset dataset(String field, int version) throws Exception {
        String model = "{\"time\":\"time\",\"dimensions\":[{\"name\":\"%s\",\"type\":\"string\"}]}".formatted(field);
        DatasetModel read = ModelReader.read(Json.tree(Buffer.buffer(model).getBytes()), "");
        return new Dataset("edits", "", read, List.of(), true, version, Instant.EPOCH, Instant.EPOCH);
    }
}
