package dev.sextant.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private final WorkQueue queue = new WorkQueue(3, 2);

    private void add(String tenant, String id) {
        Principal principal =
                new Principal(new TenantId(tenant), "key_1", Set.of(), Reach.ALL, PolicyFingerprint.SEES_ALL);
        queue.add(Work.of(new Submission(id, "qry_" + id, principal, NullNode.getInstance(), "sales", 1)));
    }

    private List<String> begin() {
        return queue.begin().stream().map(work -> work.submission().id()).toList();
    }

    @Test
    void beginsInTheOrderOfComing() {
        add("ten_a", "1");
        add("ten_b", "2");

        assertThat(begin()).containsExactly("1", "2");
        assertThat(begin()).isEmpty();
    }

    @Test
    void aTenantHasNoMoreThanItsNumberRunning() {
        for (String id : List.of("1", "2", "3")) {
            add("ten_a", id);
        }
        add("ten_b", "4");

        assertThat(begin()).containsExactly("1", "2", "4");

        queue.remove("1");
        assertThat(begin()).containsExactly("3");
    }

    @Test
    void whatIsRemovedWhileItWaitsNeverBegins() {
        add("ten_a", "1");
        queue.remove("1");

        assertThat(begin()).isEmpty();
        assertThat(queue.find("1")).isEmpty();
    }
}
