package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {

    private static final TenantId TENANT = new TenantId("ten_a");
    private static final TimeRange.Between RANGE =
            new TimeRange.Between(Instant.parse("2015-09-12T00:00:00.000001Z"), Instant.parse("2015-09-12T01:00:00Z"));
    private static final String BODY =
            "{'dimensions':['channel'],'measures':[{'agg':'count'}],'time_range':{'last':'1h'},'limit':%d,'cursor':%s}";

    private final QueryCompiler compiler = compiler("k");

    private static QueryCompiler compiler(String letter) {
        return new QueryCompiler(new Cursors(new Secret(letter.repeat(32))), 10);
    }

    private static Query query(int limit, @Nullable String cursor) {
        return Bodies.query(BODY.formatted(limit, cursor == null ? "null" : "'" + cursor + "'"));
    }

    private String cursor() {
        CompiledQuery first = compiler.compile(TENANT, query(10, null), RANGE, Bodies.EDITS);
        return compiler.cursorAfter(TENANT, first, List.of("#en.wikipedia", 7L), 412);
    }

    private static void assertRefused(ThrowingCallable use) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, use);
        assertThat(refused.problem()).isInstanceOfSatisfying(Unprocessable.class, problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.INVALID_CURSOR);
            assertThat(problem.errors()).extracting(error -> error.pointer()).containsExactly("/cursor");
        });
    }

    @Test
    void remembersTheRangeOfTheFirstPage() {
        assertThat(compiler.earlierRange(TENANT, query(10, cursor()))).contains(RANGE);
        assertThat(compiler.earlierRange(TENANT, query(10, null))).isEmpty();
    }

    @Test
    void holdsAllPagesToTheVersionOfTheFirst() {
        CompiledQuery next = compiler.compile(TENANT, query(10, cursor()), RANGE, Bodies.EDITS);

        assertThat(next.version()).isEqualTo(412);
        assertThat(compiler.compile(TENANT, query(10, null), RANGE, Bodies.EDITS)
                        .version())
                .isNull();
    }

    @Test
    void servesPagesOfAnySize() {
        CompiledQuery next = compiler.compile(TENANT, query(500, cursor()), RANGE, Bodies.EDITS);

        assertThat(next.plan().statements().getFirst().parameters()).contains("#en.wikipedia", 501L);
    }

    @Test
    void isRefusedWhereverABitIsChanged() {
        String cursor = cursor();
        for (int i = 0; i < cursor.length(); i++) {
            char other = cursor.charAt(i) == 'A' ? 'Q' : 'A';
            String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);

            assertRefused(() -> compiler.earlierRange(TENANT, query(10, changed)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void isRefusedWhereItIsNone(String text) {
        assertRefused(() -> compiler.compile(TENANT, query(10, text), RANGE, Bodies.EDITS));
    }

    @Test
    void isRefusedForAnotherTenantQueryRangeOrKey() {
        String cursor = cursor();
        Query other = Bodies.query(BODY.formatted(10, "'" + cursor + "'").replace("channel", "page"));
        Query longer = Bodies.query(BODY.formatted(10, "'" + cursor + "'").replace("1h", "2h"));
        TimeRange.Between later = new TimeRange.Between(RANGE.from(), RANGE.to().plusSeconds(1));

        assertRefused(() -> compiler.earlierRange(new TenantId("ten_b"), query(10, cursor)));
        assertRefused(() -> compiler.earlierRange(TENANT, other));
        assertRefused(() -> compiler.earlierRange(TENANT, longer));
        assertRefused(() -> compiler.compile(TENANT, query(10, cursor), later, Bodies.EDITS));
        assertRefused(() -> compiler("j").earlierRange(TENANT, query(10, cursor)));
    }
}
