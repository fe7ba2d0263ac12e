package dev.sextant.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.audit.log.TreeNode.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeaksTest {

    @Test
    void hasTheKnownRootAtEachSize() {
        Peaks peaks = Peaks.none();
        List<String> roots = new ArrayList<>(List.of(peaks.root().hex()));

        for (int i = 0; i < KnownTree.ENTRIES.size(); i++) {
            peaks.append(KnownTree.leaf(i), _ -> {});
            roots.add(peaks.root().hex());
        }

        assertThat(roots).isEqualTo(KnownTree.ROOTS);
    }

    @Test
    void tellsOfEachSubtreeThatIsWholeTheSmallestFirst() {
        Peaks peaks = Peaks.none();
        List<Place> whole = new ArrayList<>();

        for (int i = 0; i < 8; i++) {
            peaks.append(KnownTree.leaf(i), node -> whole.add(node.place()));
        }

        assertThat(whole)
                .containsExactly(
                        new Place(1, 0),
                        new Place(1, 1),
                        new Place(2, 0),
                        new Place(1, 2),
                        new Place(1, 3),
                        new Place(2, 1),
                        new Place(3, 0));
    }

    @Test
    void goesOnFromWhatWasKept() {
        Peaks peaks = Peaks.none();
        for (int i = 0; i < 5; i++) {
            peaks.append(KnownTree.leaf(i), _ -> {});
        }

        Peaks again = Peaks.read(5, peaks.bytes());
        again.append(KnownTree.leaf(5), _ -> {});

        assertThat(peaks.bytes()).hasSize(2 * 32);
        assertThat(again.root().hex()).isEqualTo(KnownTree.ROOTS.get(6));
    }

    @Test
    void refusesPeaksOfAnotherSize() {
        assertThatThrownBy(() -> Peaks.read(3, new byte[32])).isInstanceOf(IllegalArgumentException.class);
    }
}
