package dev.sextant.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final TenantId ONE = new TenantId("ten_one");
    private static final TenantId OTHER = new TenantId("ten_other");

    private final Queue<Promise<String>> works = new ArrayDeque<>();
    private final Admission admission = new Admission(new Admission.Limits(3, 2));

    @Test
    void refusesATenantWhoseShareIsUnderWayAndNobodyElse() {
        ask(ONE);
        ask(ONE);

        Future<String> third = ask(ONE);
        Future<String> ofOther = ask(OTHER);

        assertThat(third.cause())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem()).isInstanceOf(Problem.Overloaded.class));
        assertThat(ofOther.failed()).isFalse();
    }

    @Test
    void refusesEverybodyWhereAllIsUnderWay() {
        ask(ONE);
        ask(ONE);
        ask(OTHER);

        Future<String> fourth = ask(OTHER);

        assertThat(fourth.failed()).isTrue();
    }

    @Test
    void takesMoreAsSoonAsOneHasEnded() {
        ask(ONE);
        ask(ONE);
        works.remove().complete("done");

        Future<String> next = ask(ONE);

        assertThat(next.failed()).isFalse();
    }

    @Test
    void hasRoomForWhomItWouldLetIn() {
        ask(ONE);
        boolean before = admission.hasRoom(ONE);
        ask(ONE);

        assertThat(before).isTrue();
        assertThat(admission.hasRoom(ONE)).isFalse();
        assertThat(admission.hasRoom(OTHER)).isTrue();

        ask(OTHER);

        assertThat(admission.hasRoom(new TenantId("ten_third"))).isFalse();
    }

    private Future<String> ask(TenantId tenant) {
        return admission.admit(tenant, () -> {
            Promise<String> work = Promise.promise();
            works.add(work);
            return work.future();
        });
    }
}
