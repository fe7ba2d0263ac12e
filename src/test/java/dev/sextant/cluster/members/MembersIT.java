package dev.sextant.cluster.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sextant.Origins;
import dev.sextant.bus.Address;
import dev.sextant.bus.Topic;
import dev.sextant.cluster.members.LoopbackNode.Place;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Secret;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two real nodes on loopback, and what they tell each other: also after the wire between them was cut. */
@Timeout(120)
class MembersIT {

    record Text(String text) {}

    private static final Address<Text, Text> REPEAT = new Address<>("test.repeat.v1", Text.class, Text.class);
    private static final Topic<Text> SAID = new Topic<>("test.said.v1", Text.class);
    private static final int AROUND_IT = "{\"text\":\"\"}".length();

    private final Place there = Place.make();
    private final Place here = Place.make();
    private final Set<String> heardThere = ConcurrentHashMap.newKeySet();
    private final Set<String> heardHere = ConcurrentHashMap.newKeySet();
    private LoopbackNode one;
    private LoopbackNode two;

    @BeforeEach
    void startBoth() {
        one = LoopbackNode.start("one", there, here);
        two = LoopbackNode.start("two", here, there);
        one.bus.subscribe(SAID, (said, _) -> heardThere.add(said.text())).await();
        two.bus.subscribe(SAID, (said, _) -> heardHere.add(said.text())).await();
        two.bus.answerNodes(REPEAT, (text, _) -> Future.succeededFuture(text)).await();
    }

    @AfterEach
    void stopBoth() {
        there.mend();
        here.mend();
        two.close();
        one.close();
        there.close();
        here.close();
    }

    @Test
    void eachReachesBoth() {
        assertThat(one.members.reached()).containsExactlyInAnyOrder("one", "two");
        assertThat(two.members.reached()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aMessageBetweenNodesHas64KiBAndNoMore() {
        String whole = "x".repeat(65_536 - AROUND_IT);

        assertThat(ask(one, whole)).isEqualTo(whole);

        assertThatThrownBy(() -> ask(one, whole + "x"))
                .extracting(failure -> ((ProblemException) failure).problem())
                .isEqualTo(new Problem.LimitExceeded(
                        "bus.bytes_max", 65_536, "A message between nodes may have 65536 bytes; this one has 65537."));
    }

    @Test
    void whatIsAnsweredHereIsAskedHereOnly() {
        Address<Text, Text> own = new Address<>("test.own.v1", Text.class, Text.class);
        two.bus.answer(own, (text, _) -> Future.succeededFuture(text)).await();

        assertThat(two.bus.askHere(own, new Text("a"), origin()).await()).isEqualTo(new Text("a"));
        assertThatThrownBy(() -> one.bus.ask(own, new Text("a"), origin()).await())
                .extracting(failure -> ((ProblemException) failure).problem())
                .isInstanceOf(Problem.Unavailable.class);
    }

    @Test
    void announcementsReachEveryNode() {
        assertBothHear("hello");
    }

    @Test
    void aNodeThatIsSilentCostsTheTimeThatIsLeftAndNoMore() {
        ask(one, "connected");
        here.busWire().silence();
        long begun = System.nanoTime();

        assertThatThrownBy(() -> one.bus
                        .ask(REPEAT, new Text("lost"), Origins.of("acme", Duration.ofMillis(300)))
                        .await())
                .extracting(failure -> ((ProblemException) failure).problem())
                .isInstanceOf(Problem.DeadlineExceeded.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void afterAPartitionHealsEveryConsumerHearsAgain() {
        assertBothHear("before");

        there.cut();
        here.cut();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> one.members.reached().size() == 1
                        && two.members.reached().size() == 1);
        say(one, "apart");
        await().until(() -> heardThere.contains("apart"));
        there.mend();
        here.mend();
        await().atMost(Duration.ofSeconds(40))
                .until(() -> one.members.reached().size() == 2
                        && two.members.reached().size() == 2);

        assertThat(heardHere).doesNotContain("apart");
        assertBothHear("after");
        await().atMost(Duration.ofSeconds(15))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(ask(one, "again")).isEqualTo("again"));
    }

    /** Nobody has asked before, so that nobody remembers who is there. */
    @Test
    void whatTheClusterForgotIsToldAgain() {
        one.members.forgetAll();

        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(ask(one, "again")).isEqualTo("again"));
        assertBothHear("after");
    }

    @Test
    void aNodeWithAnotherSecretIsNotLetIn() {
        Place strange = Place.make();
        Secret another = new Secret("not the secret of the others");
        ClusterConfig config = LoopbackNode.config(another, LoopbackNode.NO_TLS, strange, there, here);

        assertThatThrownBy(() -> LoopbackNode.start("three", config))
                .isInstanceOf(CannotJoinException.class)
                .hasMessageContaining("cluster.secret");

        assertThat(one.members.reached()).containsExactlyInAnyOrder("one", "two");
        strange.close();
    }

    @Test
    void aNameIsOneNodes() {
        Place third = Place.make();

        assertThatThrownBy(() -> LoopbackNode.start("two", third, there, here))
                .isInstanceOf(CannotJoinException.class)
                .hasMessageContaining("node.name");
        third.close();
    }

    private void assertBothHear(String word) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    say(one, word + " from one");
                    say(two, word + " from two");
                    assertThat(heardThere).contains(word + " from one", word + " from two");
                    assertThat(heardHere).contains(word + " from one", word + " from two");
                });
    }

    private static void say(LoopbackNode node, String word) {
        node.bus.publish(SAID, new Text(word), origin());
    }

    private static String ask(LoopbackNode node, String text) {
        return node.bus.ask(REPEAT, new Text(text), origin()).await().text();
    }

    private static Origin origin() {
        return Origins.of("acme", Duration.ofSeconds(5));
    }
}
