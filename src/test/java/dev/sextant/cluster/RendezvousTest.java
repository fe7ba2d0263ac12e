package dev.sextant.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {

    private static final List<String> NODES = List.of("a", "b", "c", "d");
    private static final List<String> THINGS =
            IntStream.range(0, 1000).mapToObj(i -> "live/" + i).toList();

    private static Map<String, String> shared(List<String> nodes) {
        return THINGS.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        thing -> Rendezvous.ownerOf(thing, nodes).orElseThrow()));
    }

    @Test
    void withoutNodesItIsNobodys() {
        assertThat(Rendezvous.ownerOf("live/1", List.of())).isEmpty();
    }

    @Test
    void everybodyComesToTheSameWhateverTheOrder() {
        List<String> other = new ArrayList<>(NODES);
        Collections.reverse(other);

        assertThat(shared(other)).isEqualTo(shared(NODES));
    }

    /** Of a thousand, each of four gets 250 on average; six standard deviations are 82. */
    @Test
    void eachHasItsPart() {
        Map<String, Long> nodeToCount =
                shared(NODES).values().stream().collect(Collectors.groupingBy(node -> node, Collectors.counting()));

        assertThat(nodeToCount.keySet()).containsExactlyInAnyOrderElementsOf(NODES);
        assertThat(nodeToCount.values()).allMatch(count -> count > 168 && count < 332);
    }

    @Test
    void whatANodeHadIsAllThatMovesWhenItGoes() {
        Map<String, String> before = shared(NODES);

        Map<String, String> after = shared(List.of("a", "b", "d"));

        assertThat(before).allSatisfy((thing, owner) -> {
            if (owner.equals("c")) {
                assertThat(after.get(thing)).isNotEqualTo("c");
            } else {
                assertThat(after.get(thing)).isEqualTo(owner);
            }
        });
    }
}
