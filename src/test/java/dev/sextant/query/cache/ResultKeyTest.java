package dev.sextant.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Filter.Comparison;
import dev.sextant.query.model.Filter.Operator;
import dev.sextant.query.model.Query;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResultKeyTest {

    @Test
    void eachKeyHasATextOfItsOwn() {
        ResultKey key = of(List.of("a", "b, c"));
        List<ResultKey> keys = List.of(
                key,
                of(List.of("a, b", "c")),
                of(List.of("a", "b", "c")),
                of(List.of("1")),
                of(List.of(1L)),
                key.at(8),
                new ResultKey(new TenantId("ten_b"), key.query(), 1, key.policy(), 7),
                new ResultKey(key.tenant(), key.query(), 2, key.policy(), 7),
                new ResultKey(key.tenant(), key.query(), 1, new PolicyFingerprint("other"), 7));

        assertThat(keys.stream().map(ResultKey::text)).doesNotHaveDuplicates();
        assertThat(keys.stream().map(ResultWriter::etag)).doesNotHaveDuplicates();
    }

    @Test
    void equalKeysHaveEqualTexts() {
        assertThat(Stream.of(of(List.of("a")), of(List.of("a"))).map(ResultKey::text))
                .containsOnly("[\"ten_a\"," + of(List.of("a")).query().toJson() + ",1,\""
                        + PolicyFingerprint.SEES_ALL.value() + "\",7]");
    }

    private static ResultKey of(List<Object> values) {
        Query query = Query.of("clicks")
                .filter(new Comparison("page", Operator.IN, values))
                .build();
        return new ResultKey(new TenantId("ten_a"), query, 1, PolicyFingerprint.SEES_ALL, 7);
    }
}
