package dev.sextant.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.audit.Counts.Counted;
import dev.sextant.http.AuditEntry;
import dev.sextant.http.AuditEntry.Outcome;
import dev.sextant.http.AuditEntry.Used;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Trace;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountsTest {

    private static ClientAddress at(int address) {
        return new ClientAddress(0, address);
    }

    private static AuditEntry refused(int address) {
        return new AuditEntry(
                AuditEntry.Kind.CALL,
                Principal.NOBODY,
                "listDatasets",
                "",
                new Trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true),
                at(address),
                new Outcome(401, "unauthenticated"),
                new Used(0, 0, 0, 0, 0));
    }

    @Test
    void countsByAddressAndMinuteAndGivesMinutesThatAreOver() {
        Counts counts = new Counts(10);
        counts.add(refused(1), 60_000);
        counts.add(refused(1), 119_999);
        counts.add(refused(2), 60_000);
        counts.add(refused(1), 120_000);

        Map<Counted, Long> first = counts.takeBefore(2);

        assertThat(first)
                .containsOnly(
                        Map.entry(new Counted(1, at(1), "listDatasets", 401, "unauthenticated"), 2L),
                        Map.entry(new Counted(1, at(2), "listDatasets", 401, "unauthenticated"), 1L));
        assertThat(counts.takeBefore(2)).isEmpty();
        assertThat(counts.takeBefore(Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void countsTheRestTogetherWhereThereAreTooMany() {
        Counts counts = new Counts(2);
        for (int i = 0; i < 100; i++) {
            counts.add(refused(i + 1), 0);
        }

        Map<Counted, Long> all = counts.takeBefore(1);

        assertThat(all).hasSize(3);
        assertThat(all.get(new Counted(0, Counts.OTHERS, "listDatasets", 401, "unauthenticated")))
                .isEqualTo(98);
    }
}
