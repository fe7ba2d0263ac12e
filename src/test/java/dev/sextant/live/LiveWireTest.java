package dev.sextant.live;

import static dev.sextant.WireForms.assertForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What nodes tell each other of live queries. Where one of these must change, its address becomes {@code v2}. */
class LiveWireTest {

    private static final Fetch.Follower FOLLOWER = new Fetch.Follower("node-1", 7);

    @Test
    void whoFollowsAQuery() {
        LiveQuestion question =
                new LiveQuestion.OfQuery(JsonNodeFactory.instance.objectNode().put("dataset", "orders"));

        assertForm(
                Fetch.of(FOLLOWER, question, 10, new Resume("epo_1", 3)),
                "{\"follower\":\"node-1\",\"number\":7,\"body\":{\"dataset\":\"orders\"},\"metrics\":null,\"hz\":10.0,"
                        + "\"resume\":{\"epoch\":\"epo_1\",\"offset\":3}}");
        assertThat(Fetch.of(FOLLOWER, question, 10, null).asked()).isEqualTo(question);
    }

    @Test
    void whoFollowsMetrics() {
        LiveQuestion question = new LiveQuestion.OfMetrics(null, List.of("events"), "5m");
        Fetch wish = Fetch.of(FOLLOWER, question, 10, null);

        assertThat(wish.asked()).isEqualTo(question);
        assertThat(wish.seat().place()).isEqualTo("follower:7:node-1");
        assertThat(LiveAddresses.followerOf(wish.seat().place())).isEqualTo("node-1");
        assertThat(LiveAddresses.numberOf(wish.seat().place())).isEqualTo(7);
    }

    @Test
    void thatItWentOn() {
        assertForm(new Moved(7), "{\"number\":7}");
        assertForm(new FetchPart("doc_1", 2), "{\"document\":\"doc_1\",\"part\":2}");
    }

    @Test
    void whatIsNewIsTheSameWhenItArrives() {
        Change put = new Change(List.of("DE"), "[\"DE\"]", "[\"DE\",1,5]");
        Change taken = new Change(List.of("FR"), "[\"FR\"]", null);
        Delta delta = Delta.of(4, List.of(put, taken), "null", null);
        Start sent = new Start.Missed("epo_1", 4, List.of(delta));

        Start got = LivePage.read(LivePage.of(sent).bytes()).start();

        assertThat(got.epoch()).isEqualTo("epo_1");
        assertThat(got.offset()).isEqualTo(4);
        Delta arrived = ((Start.Missed) got).deltas().getFirst();
        assertThat(arrived.body()).isEqualTo(delta.body());
        assertThat(arrived.heardNanos()).isNull();
    }

    @Test
    void aSnapshotIsTheSameWhenItArrives() {
        Start sent =
                new Start.Snapshot("epo_1", 4, Buffer.buffer("\"epoch\":\"epo_1\",\"rows\":[[\"ä\"]]}"), "epoch_lost");

        assertThat(LivePage.read(LivePage.of(sent).bytes()).start()).isEqualTo(sent);
    }

    @Test
    void whatIsLargeGoesInPartsThatFit() {
        byte[] whole = new byte[3 * Documents.PART_BYTES - 5];
        new Random(1).nextBytes(whole);
        Documents documents = new Documents();
        ByteArrayOutputStream got = new ByteArrayOutputStream();

        Fetched first = documents.begin(whole);
        got.writeBytes(Base64.getDecoder().decode(first.base64()));
        for (int part = 1; part < first.parts(); part++) {
            got.writeBytes(Base64.getDecoder()
                    .decode(documents
                            .part(new FetchPart(first.document(), part))
                            .base64()));
        }

        assertThat(first.parts()).isEqualTo(3);
        assertThat(got.toByteArray()).isEqualTo(whole);
        assertThatThrownBy(() -> documents.part(new FetchPart(first.document(), 2)))
                .isInstanceOf(ProblemException.class);
    }
}
