package dev.sextant.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem;
import dev.sextant.live.LiveQuestion;
import dev.sextant.live.Resume;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private final FrameReader reader = new FrameReader(20);

    @Test
    void readsASubscriptionToAQuery() {
        ClientFrame.Open open =
                (ClientFrame.Open) read("{'op':'subscribe','id':'s1','query':{'limit':3},'mode':'delta','max_hz':0.5,"
                        + "'resume':{'epoch':'e1','offset':412}}");

        assertThat(open.id()).isEqualTo("s1");
        assertThat(((LiveQuestion.OfQuery) open.question()).body()).hasToString("{\"limit\":3}");
        assertThat(open.hz()).isEqualTo(0.5);
        assertThat(open.resume()).isEqualTo(new Resume("e1", 412));
    }

    @Test
    void readsASubscriptionToMetrics() {
        assertThat(read("{'op':'subscribe','id':'m','topic':'metrics'}"))
                .isEqualTo(new ClientFrame.Open("m", new LiveQuestion.OfMetrics(null, List.of(), "5m"), null, null));
        assertThat(read("{'op':'subscribe','id':'m','topic':'metrics','dataset':'edits','metrics':['a'],"
                        + "'timeframe':'1h','resume':null}"))
                .isEqualTo(
                        new ClientFrame.Open("m", new LiveQuestion.OfMetrics("edits", List.of("a"), "1h"), null, null));
    }

    @Test
    void readsTheSmallFrames() {
        assertThat(read("{'op':'auth','token':'t'}")).isEqualTo(new ClientFrame.Auth("t"));
        assertThat(read("{'op':'ack','id':'s1','offset':413,'credits':32}")).isEqualTo(new ClientFrame.Ack("s1", 32));
        assertThat(read("{'op':'ack','id':'s1'}")).isEqualTo(new ClientFrame.Ack("s1", 1));
        assertThat(read("{'op':'unsubscribe','id':'s1'}")).isEqualTo(new ClientFrame.Close("s1"));
    }

    @Test
    void printsNoToken() {
        assertThat(read("{'op':'auth','token':'secret'}").toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "1 2", "{}", "{'op':'dance'}", "{'op':1}", "{'op':'ack','op':'ack'}"})
    void callsWhatIsNoFrameUnreadable(String text) {
        assertThat(read(text)).isInstanceOf(ClientFrame.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'op':'auth'}                                                     | /token          missing_field
            {'op':'auth','token':5}                                           | /token          type_mismatch
            {'op':'auth','token':'t','more':1}                                | /more           unknown_field
            {'op':'ack'}                                                      | /id             missing_field
            {'op':'ack','id':'s 1'}                                           | /id             wrong_format
            {'op':'ack','id':'s1','credits':-1}                               | /credits        out_of_range
            {'op':'ack','id':'s1','credits':'1'}                              | /credits        type_mismatch
            {'op':'ack','id':'s1','credits':99999999999999999999}             | /credits        out_of_range
            {'op':'subscribe','id':'s1'}                                      | /query          missing_field
            {'op':'subscribe','id':'s1','query':[]}                           | /query          type_mismatch
            {'op':'subscribe','id':'s1','query':{},'topic':'metrics'}         | /query          unknown_field
            {'op':'subscribe','id':'s1','topic':'weather'}                    | /topic          not_allowed
            {'op':'subscribe','id':'s1','topic':'metrics','metrics':'a'}      | /metrics        type_mismatch
            {'op':'subscribe','id':'s1','topic':'metrics','metrics':[1]}      | /metrics        type_mismatch
            {'op':'subscribe','id':'s1','query':{},'max_hz':0}                | /max_hz         out_of_range
            {'op':'subscribe','id':'s1','query':{},'max_hz':20.5}             | /max_hz         out_of_range
            {'op':'subscribe','id':'s1','query':{},'max_hz':'fast'}           | /max_hz         type_mismatch
            {'op':'subscribe','id':'s1','query':{},'resume':{'offset':1}}     | /resume/epoch   missing_field
            {'op':'subscribe','id':'s1','query':{},'resume':{'epoch':'e'}}    | /resume/offset  missing_field
            {'op':'subscribe','id':'s1','query':{},'resume':5}                | /resume         type_mismatch""")
    void namesThePlaceOfWhatIsWrong(String text, String expected) {
        ClientFrame.Refused refused = (ClientFrame.Refused) read(text);

        assertThat(((Problem.InvalidRequest) refused.problem()).errors())
                .extracting(error -> error.pointer() + " " + error.code())
                .containsExactly(expected.replaceAll(" +", " "));
    }

    @Test
    void saysWhatIsNotSupportedYet() {
        for (String member : List.of("'topic':'anomalies'", "'query':{},'mode':'full'")) {
            ClientFrame.Refused refused = (ClientFrame.Refused) read("{'op':'subscribe','id':'s1'," + member + "}");

            assertThat(refused.id()).isEqualTo("s1");
            assertThat(((Problem.Unprocessable) refused.problem()).reason())
                    .isEqualTo(Problem.Unprocessable.Reason.NOT_SUPPORTED);
        }
    }

    private ClientFrame read(String text) {
        return reader.read(text.replace('\'', '"'));
    }
}
