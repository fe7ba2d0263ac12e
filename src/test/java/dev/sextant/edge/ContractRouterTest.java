package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.OpenDoor;
import dev.sextant.Origins;
import dev.sextant.http.Entrance;
import dev.sextant.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractRouterTest {

    @Test
    void doesNotStartWhereContractAndCodeNameOtherOperations() {
        Vertx vertx = Vertx.vertx();
        ContractRouter router = new ContractRouter(
                Contract.read(),
                new Entrance(new OpenDoor(Origins.principal("acme")), List.of(), new ClosedTrail()),
                EdgeSetup.of(EdgeConfig.DEFAULT, new Telemetry(), InstantSource.system()));

        assertThatThrownBy(() -> router.create(vertx, List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("Contract operations\\[.*getLiveness.*] and code operations\\[\\[]] differ");

        vertx.close().await();
    }
}
