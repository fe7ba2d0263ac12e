package dev.sextant.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import dev.sextant.http.Body;
import dev.sextant.kernel.Bytes;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class CheckedBodiesTest {

    private static final Contract CONTRACT = Contract.read();
    private static final Schema QUERY = schema("queryRealtime");
    private static final Schema SQL = schema("querySql");
    private static final String COUNT = "{\"measures\":[{\"agg\":\"count\"}]}";

    private final CheckedBodies bodies = new CheckedBodies(1 << 20);

    @Test
    void checksEqualBytesNoMoreOnceTheyCameAgain() {
        Body.Json first = bodies.json(QUERY, bytes(COUNT));
        Body.Json second = bodies.json(QUERY, bytes(COUNT));

        Body.Json third = bodies.json(QUERY, bytes(COUNT));

        assertThat(second).isEqualTo(first).isNotSameAs(first);
        assertThat(third).isSameAs(second);
    }

    @Test
    void checksWhatDiffersInOneByteOnItsOwn() {
        remember(bytes(COUNT));

        Body.Json spaced = bodies.json(QUERY, bytes(COUNT + " "));

        assertThat(spaced.bytes()).isEqualTo(bytes(COUNT + " "));
        assertThatThrownBy(() -> bodies.json(QUERY, bytes(COUNT + "}"))).isInstanceOf(ProblemException.class);
    }

    /** A query with a filter for "Aa" has the same hash as one for "BB". */
    @Test
    void tellsBytesApartThatHaveTheSameHash() {
        String filtered = "{\"filter\":{\"field\":\"page\",\"op\":\"eq\",\"value\":\"%s\"}}";
        Bytes one = bytes(filtered.formatted("Aa"));
        Bytes other = bytes(filtered.formatted("BB"));
        remember(one);

        Body.Json found = bodies.json(QUERY, other);

        assertThat(one).hasSameHashCodeAs(other);
        assertThat(found.tree().at("/filter/value").textValue()).isEqualTo("BB");
    }

    @Test
    void checksEqualBytesAgainForAnotherOperation() {
        remember(bytes(COUNT));

        assertThatThrownBy(() -> bodies.json(SQL, bytes(COUNT)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem()).isInstanceOf(Problem.InvalidRequest.class));
    }

    @Test
    void refusesAgainWhatItRefused() {
        for (String bad : List.of("{\"measure\":1}", "{\"measures\":", "{\"dataset\":\"\\u0000\"}")) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> bodies.json(QUERY, bytes(bad))).as(bad).isInstanceOf(ProblemException.class);
            }
        }
    }

    @Test
    void doesNotRememberWhatIsLong() {
        Bytes longer = bytes(COUNT + " ".repeat(20_000));
        remember(longer);

        assertThat(bodies.json(QUERY, longer)).isNotSameAs(bodies.json(QUERY, longer));
    }

    @Test
    void remembersNothingWhereItMayKeepNothing() {
        CheckedBodies none = new CheckedBodies(0);
        none.json(QUERY, bytes(COUNT));

        assertThat(none.json(QUERY, bytes(COUNT))).isNotSameAs(none.json(QUERY, bytes(COUNT)));
    }

    /** Bodies of the others hold what is to be stored, and secrets. */
    @Test
    void servesOperationsThatOnlyRead() {
        assertThat(List.of("queryRealtime", "querySql", "inferDataset"))
                .allMatch(id -> operation(id).readsOnly());
        assertThat(List.of("createApiKey", "ingestEvents", "createTenant", "deleteEvents", "createDataset"))
                .noneMatch(id -> operation(id).readsOnly());
    }

    private void remember(Bytes bytes) {
        bodies.json(QUERY, bytes);
        bodies.json(QUERY, bytes);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(UTF_8));
    }

    private static Schema schema(String operationId) {
        return Objects.requireNonNull(operation(operationId).consumed().get("application/json"));
    }

    private static ContractOperation operation(String id) {
        return CONTRACT.operations().stream()
                .filter(operation -> operation.operationId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
