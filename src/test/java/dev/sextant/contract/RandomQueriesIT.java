package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import dev.sextant.oracle.QueryGame;
import dev.sextant.soak.Soak;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random queries over random events, sent to a whole node, against loops over the events. */
@Tag("soak-queries")
class RandomQueriesIT {

    @Test
    void answersAsTheOracleDoes() throws IOException {
        try (Service service = new Service(Bus.Wire.WHERE_NEEDED)) {
            PlayedNode node = new PlayedNode(service);
            QueryGame game = new QueryGame(node);
            Soak soak = Soak.of("queries", 25, 10_000);

            soak.play(game);
            System.out.println("soak queries: answered from rollups " + node.byRollups());

            assertThat(game.undecidable()).as("queries that nobody can judge").isLessThan(soak.steps() / 10 + 10);
            assertThat(node.byRollups()).as("answers from rollups").isPositive();
        }
    }
}
