package dev.sextant.query.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelProposalTest {

    private static ModelProposal infer(String... events) {
        List<JsonNode> samples = Stream.of(events).map(Bodies::json).toList();
        return ModelProposal.infer(samples);
    }

    @Test
    void proposesAModelOfAShop() {
        ModelProposal proposal = infer(
                "{'ts':'2026-01-01T00:00:00Z','user_id':'u1','event':'view','country':'DE','city':'Köln','amount':null,'vip':true}",
                "{'ts':'2026-01-01T00:00:01Z','user_id':'u2','event':'buy','country':'FR','city':null,'amount':12.5,'items':3}",
                "{'ts':'2026-01-01T00:00:02Z','user_id':'u2','event':'buy','amount':7,'cart':{'n':1},'zip_code':50667}");

        assertThat(proposal.model().toJson()).isEqualTo(Bodies.json("""
                {'time':'ts','entity':'user_id','event':'event','session':null,'value':'amount','touchpoint':null,
                 'dimensions':[
                  {'name':'user_id','type':'string'},{'name':'event','type':'string'},{'name':'country','type':'string'},
                  {'name':'city','type':'string'},{'name':'amount','type':'double'},{'name':'vip','type':'boolean'},
                  {'name':'items','type':'long'},{'name':'cart','type':'json'},{'name':'zip_code','type':'long'}],
                 'hierarchies':[{'name':'place','levels':['country','city']}],
                 'measures':[{'name':'events','agg':'count'},
                  {'name':'entities','agg':'count_distinct','field':'user_id'},
                  {'name':'total_amount','agg':'sum','field':'amount'},{'name':'total_items','agg':'sum','field':'items'}],
                 'segments':[]}"""));
        assertThat(proposal.guesses())
                .contains(new ModelProposal.Guess("/time", "'ts' has the name and the form of a time"));
    }

    @Test
    void takesMillisecondsForTimeButNoOtherNumbers() {
        assertThat(infer("{'timestamp':1767225600000,'n':1767225600000}")
                        .model()
                        .roles()
                        .time())
                .isEqualTo("timestamp");
        assertThat(infer("{'timestamp':17,'n':1}").model().roles().time()).isEqualTo("time");
    }

    @Test
    void leavesOutWhatCannotBeDeclared() {
        ModelProposal proposal = infer(
                "{'time':'2026-01-01T00:00:00Z','user-agent':'x','source':'web','mixed':1,'a':1,'A':2,'none':null}",
                "{'mixed':'one'}",
                "7");

        assertThat(proposal.model().dimensions()).extracting(Field::name).containsExactly("a");
        assertThat(proposal.guesses())
                .extracting(ModelProposal.Guess::reason)
                .contains(
                        "'mixed' has samples of several types",
                        "'source' is a system column",
                        "'A' differs from another field by its case only",
                        "'none' has no value in any sample");
    }

    @Test
    void proposesSomethingForNothing() {
        assertThat(infer().model().measures()).hasSize(1);
        assertThat(infer("{'time':'soon'}").model().dimensions()).isEmpty();
    }
}
