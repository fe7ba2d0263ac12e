package dev.sextant.push;

import dev.sextant.http.Usage;
import java.util.LinkedHashSet;
import java.util.Set;

/** The datasets that a socket has looked at until now, as its records name them; of very many, the first. On the socket's loop. */
final class LookedAt {

    private static final int NAMED_MAX = 20;

    private final Usage usage;
    private final Set<String> datasets = new LinkedHashSet<>();

    LookedAt(Usage usage) {
        this.usage = usage;
    }

    void add(String dataset) {
        if (datasets.size() < NAMED_MAX && datasets.add(dataset)) {
            usage.dataset(String.join(",", datasets));
        }
    }
}
