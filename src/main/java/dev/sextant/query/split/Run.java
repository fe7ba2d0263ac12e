package dev.sextant.query.split;

import dev.sextant.query.model.TimeRange.Between;
import java.util.ArrayList;
import java.util.List;

/** Pieces that lie side by side, and are asked together: from the first to the last of them, by their indexes. */
public record Run(int first, int last) {

    /** The range that it covers. */
    public Between range(List<Between> pieces) {
        return new Between(pieces.get(first).from(), pieces.get(last).to());
    }

    /** The runs that these indexes, which ascend, make up. */
    public static List<Run> of(List<Integer> indexes) {
        List<Run> runs = new ArrayList<>();
        for (int index : indexes) {
            if (!runs.isEmpty() && runs.getLast().last() == index - 1) {
                runs.set(runs.size() - 1, new Run(runs.getLast().first(), index));
            } else {
                runs.add(new Run(index, index));
            }
        }
        return runs;
    }
}
