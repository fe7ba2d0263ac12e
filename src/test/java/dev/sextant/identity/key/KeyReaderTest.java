package dev.sextant.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.Credential;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class KeyReaderTest {

    private static final long EPOCH = 0;

    private final Promise<Optional<Credential>> answer = Promise.promise();

    @Test
    void turnsAwayWhatIsMoreThanMayBeUnderWayAndTakesItLater() {
        KeyReader<Credential> reader = new KeyReader<>(_ -> answer.future(), new KeyConfig(1, 1, 2, 1_000));
        Future<Optional<Credential>> first = reader.read("a", EPOCH);
        reader.read("b", EPOCH);

        Future<Optional<Credential>> third = reader.read("c", EPOCH);

        assertThat(problem(third)).isInstanceOf(Problem.Overloaded.class);
        answer.complete(Optional.empty());
        assertThat(first.succeeded()).isTrue();
        assertThat(reader.read("c", EPOCH).succeeded()).isTrue();
    }

    @Test
    void saysWhenTheStoreIsAway() {
        KeyReader<Credential> reader = new KeyReader<>(_ -> answer.future(), KeyConfig.DEFAULT);
        Future<Optional<Credential>> found = reader.read("a", EPOCH);

        answer.fail(new ProblemException(new Problem.Unavailable("postgres", "The database cannot be reached")));

        assertThat(problem(found)).isInstanceOf(Problem.IdentityUnavailable.class);
    }

    @Test
    void tellsEachOnTheirOwnEventLoop() {
        Vertx vertx = Vertx.vertx();
        KeyReader<Credential> reader = new KeyReader<>(_ -> answer.future(), KeyConfig.DEFAULT);
        reader.read("a", EPOCH);
        Context loop = vertx.getOrCreateContext();
        Promise<Context> told = Promise.promise();

        loop.runOnContext(_ -> {
            reader.read("a", EPOCH).onComplete(_ -> told.complete(Vertx.currentContext()));
            answer.complete(Optional.empty());
        });

        assertThat(told.future().await()).isSameAs(loop);
        vertx.close().await();
    }

    private static Problem problem(Future<?> failed) {
        return ((ProblemException) failed.cause()).problem();
    }
}
