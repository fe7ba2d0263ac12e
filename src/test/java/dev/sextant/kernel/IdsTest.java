package dev.sextant.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

    /** As texts: lists go from one id to the next. */
    @Test
    void sortByTheTimeOfTheirMaking() {
        List<String> ids = Stream.generate(() -> Ids.make("key")).limit(10_000).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids).allMatch(id -> id.matches("key_[0-9a-v]{26}"));
    }
}
