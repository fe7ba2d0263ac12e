package dev.sextant.engine.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrdersTest {

    private static final Place CLICKS = new Place(new TenantId("ten_acme"), "clicks");
    private static final Deletion ORDERED = new Deletion("s_page = ?", List.of("/a"), Map.of(), 4, null);

    private final Orders orders = new Orders();

    private void take(long version, Deletion deletion) {
        String order = new String(Json.write(new Removal(5, deletion)), StandardCharsets.UTF_8);
        Stamp stamp = new Stamp(Stamp.Kind.REMOVED, CLICKS, version, 0, 0, 0);
        orders.take(new Arrival(stamp, 0, Map.of(), 0, 0, order));
    }

    @Test
    void knowsWhatWasToldLastOfADeletion() {
        take(6, ORDERED.begun());
        take(7, ORDERED.done());

        assertThat(orders.deletions(CLICKS)).isEqualTo(Map.of(5L, ORDERED.done()));
    }

    @Test
    void isNotMovedByWhatIsReadAgain() {
        take(7, ORDERED.done());
        take(9, ORDERED.begun());

        take(7, ORDERED.done());

        assertThat(orders.deletions(CLICKS)).isEqualTo(Map.of(5L, ORDERED.begun()));
    }
}
