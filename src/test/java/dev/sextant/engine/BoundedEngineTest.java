package dev.sextant.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedEngineTest {

    private static final TenantId ONE = new TenantId("ten_one");
    private static final TenantId OTHER = new TenantId("ten_other");
    private static final Plan PLAN = new Plan("clicks", List.of(), 1);

    private final HeldEngine held = new HeldEngine();
    private final BoundedEngine bounded = new BoundedEngine(held, new RunLimits(3, 2));

    @Test
    void refusesATenantWhoseShareIsUnderWayAndNobodyElse() {
        run(ONE);
        run(ONE);

        Future<Answer> third = run(ONE);
        Future<Answer> ofOther = run(OTHER);

        assertThat(third.cause())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem()).isInstanceOf(Problem.Overloaded.class));
        assertThat(ofOther.failed()).isFalse();
    }

    @Test
    void refusesEverybodyWhereAllIsUnderWay() {
        run(ONE);
        run(ONE);
        run(OTHER);

        Future<Answer> fourth = run(OTHER);

        assertThat(fourth.failed()).isTrue();
    }

    @Test
    void takesMoreAsSoonAsOneHasEnded() {
        run(ONE);
        run(ONE);
        held.end();

        Future<Answer> next = run(ONE);

        assertThat(next.failed()).isFalse();
    }

    private Future<Answer> run(TenantId tenant) {
        return bounded.run(tenant, PLAN, Deadline.in(Duration.ofSeconds(1)));
    }
}
