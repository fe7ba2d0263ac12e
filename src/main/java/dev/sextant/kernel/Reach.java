package dev.sextant.kernel;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The datasets that a caller may touch: all of the tenant's, or those named. To whoever may not touch a dataset it does not
 * exist.
 *
 * @param datasets null for all
 */
public record Reach(@Nullable Set<String> datasets) {

    public static final Reach ALL = new Reach(null);

    public Reach {
        datasets = datasets == null ? null : Set.copyOf(datasets);
    }

    /** The reach of these datasets; null for all. */
    public static Reach of(@Nullable Collection<String> datasets) {
        return datasets == null ? ALL : new Reach(Set.copyOf(datasets));
    }

    public boolean isLimited() {
        return datasets != null;
    }

    public boolean covers(String dataset) {
        return datasets == null || datasets.contains(dataset);
    }

    /** Whether whatever {@code other} may touch, this may, too. */
    public boolean covers(Reach other) {
        return datasets == null || (other.datasets != null && datasets.containsAll(other.datasets));
    }

    /** As a column keeps it: null for all. */
    public String @Nullable [] array() {
        return datasets == null ? null : datasets.stream().sorted().toArray(String[]::new);
    }
}
