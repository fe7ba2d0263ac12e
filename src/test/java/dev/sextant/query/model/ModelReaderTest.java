package dev.sextant.query.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelReaderTest {

    private static DatasetModel model(String body) {
        return ModelReader.read(Bodies.json(body), "/model");
    }

    private static DatasetModel extended(String addition) {
        return ModelReader.extend(Bodies.EDITS, Bodies.json(addition), "/model");
    }

    @Test
    void readsWhatItWrites() {
        assertThat(ModelReader.read(Bodies.EDITS.toJson(), "")).isEqualTo(Bodies.EDITS);
    }

    @Test
    void writesWhatItRead() {
        String body = """
                {'time':'at','entity':'user','event':null,'session':null,'value':'amount','touchpoint':null,
                 'dimensions':[{'name':'amount','type':'long','unit':'cents','currency':'EUR'}],
                 'hierarchies':[{'name':'h','levels':['user']}],
                 'measures':[{'name':'p','agg':'quantile','field':'amount','q':0.5,'exact':false,
                              'filter':{'not':{'or':[{'segment':'some'},{'field':'at','op':'lt','value':'2015-01-01T00:00:00Z'}]}},
                              'unit':'c'}],
                 'segments':[{'name':'some','filter':{'field':'amount','op':'between','value':[1,5]}}]}""";

        assertThat(model(body).toJson()).hasToString(Bodies.json(body).toString());
    }

    @Test
    void makesATableOfAllFieldsButTheTime() {
        DatasetModel model = model("""
                {'time':'at','entity':'user','value':'amount','dimensions':[
                 {'name':'channel','type':'string'},{'name':'user','type':'long'},{'name':'at','type':'timestamp'}]}""");

        assertThat(model.table("shop").columns())
                .containsExactly(
                        new Table.Column("channel", FieldType.STRING),
                        new Table.Column("user", FieldType.LONG),
                        new Table.Column("amount", FieldType.DOUBLE));
    }

    @Test
    void readsAnEmptyModel() {
        assertThat(model("{}").roles().time()).isEqualTo("time");
        assertThat(model("{}").table("x").columns()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | /model invalid_model",
                "{'tme':'x'} | /model/tme invalid_model",
                "{'entity':'a b'} | /model/entity invalid_model",
                "{'entity':'event_id'} | /model/entity invalid_model",
                "{'entity':'time'} | /model/entity invalid_model",
                "{'time':'__time'} | /model/time invalid_model",
                "{'time':'t','dimensions':[{'name':'t','type':'long'}]} | /model/time type_mismatch",
                "{'value':'v','dimensions':[{'name':'v','type':'string'}]} | /model/value type_mismatch",
                "{'entity':'u','dimensions':[{'name':'U','type':'string'}]} | /model/entity invalid_model",
                "{'dimensions':{}} | /model/dimensions invalid_model",
                "{'dimensions':[{'type':'long'}]} | /model/dimensions/0/name invalid_model",
                "{'dimensions':[{'name':'a'}]} | /model/dimensions/0/type invalid_model",
                "{'dimensions':[{'name':'a','type':'int'}]} | /model/dimensions/0/type invalid_model",
                "{'dimensions':[{'name':'1a','type':'long'}]} | /model/dimensions/0/name invalid_model",
                "{'dimensions':[{'name':'Source','type':'string'}]} | /model/dimensions/0/name invalid_model",
                "{'dimensions':[{'name':'a','type':'long'},{'name':'A','type':'long'}]} | /model/dimensions/1/name invalid_model",
                "{'dimensions':[{'name':'a','type':'long','unit':''}]} | /model/dimensions/0/unit invalid_model",
                "{'dimensions':[{'name':'a','type':'long','currency':'euro'}]} | /model/dimensions/0/currency invalid_model",
                "{'hierarchies':[{'name':'h','levels':['a']}]} | /model/hierarchies/0/levels/0 unknown_field",
                "{'hierarchies':[{'name':'h','levels':[]}]} | /model/hierarchies/0/levels invalid_model",
                "{'measures':[{'agg':'count'}]} | /model/measures/0/name invalid_model",
                "{'measures':[{'name':'m','agg':'sum','field':'a'}]} | /model/measures/0/field unknown_field",
                "{'entity':'u','measures':[{'name':'m','agg':'sum','field':'u'}]} | /model/measures/0/field type_mismatch",
                "{'measures':[{'name':'m','agg':'count','as':'x'}]} | /model/measures/0/as invalid_model",
                "{'measures':[{'name':'m','agg':'count','filter':{'segment':'s'}}]} | /model/measures/0/filter/segment unknown_field",
                "{'measures':[{'name':'m','agg':'count'},{'name':'M','agg':'count'}]} | /model/measures/1/name invalid_model",
                "{'segments':[{'name':'s'}]} | /model/segments/0/filter invalid_model",
                "{'entity':'u','segments':[{'name':'s','filter':{'field':'u','op':'eq','value':1}}]} | /model/segments/0/filter/value type_mismatch",
                "{'entity':'u','segments':[{'name':'r','filter':{'field':'u','op':'exists'}},{'name':'s','filter':{'segment':'r'}}]} | /model/segments/1/filter/segment unknown_field",
            })
    void refusesAtThePlace(String body, String place) {
        assertThat(Refused.places(() -> model(body))).containsExactly(place);
    }

    @Test
    void refusesTooManyFields() {
        ObjectNode body = Bodies.EDITS.toJson();
        ArrayNode dimensions = body.putArray("dimensions");
        for (int i = 0; i < 401; i++) {
            dimensions.addObject().put("name", "f" + i).put("type", "long");
        }

        assertThat(Refused.places(() -> ModelReader.read(body, ""))).contains("/dimensions invalid_model");
    }

    @Test
    void takesWhatIsNew() {
        DatasetModel more = extended("""
                {'session': 'visit', 'dimensions': [{'name': 'isMinor', 'type': 'boolean'}],
                 'hierarchies': [{'name': 'pages', 'levels': ['channel', 'page']}],
                 'measures': [{'name': 'minor', 'agg': 'count', 'filter': {'field': 'isMinor', 'op': 'eq', 'value': true}}],
                 'segments': [{'name': 'bots', 'filter': {'field': 'isRobot', 'op': 'eq', 'value': true}}]}""");

        assertThat(more.roles().session()).isEqualTo("visit");
        assertThat(more.roles().entity()).isEqualTo("user");
        assertThat(more.dimensions())
                .hasSize(16)
                .startsWith(Bodies.EDITS.dimensions().toArray(Field[]::new));
        assertThat(more.hierarchies()).extracting(DatasetModel.Hierarchy::name).containsExactly("place", "pages");
        assertThat(more.measures()).hasSize(4);
        assertThat(more.segments()).hasSize(2);
    }

    @Test
    void takesWhatIsThereAlready() {
        assertThat(extended(Bodies.EDITS.toJson().toString())).isEqualTo(Bodies.EDITS);
        assertThat(extended("{}")).isEqualTo(Bodies.EDITS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'entity':'page'} | /model/entity",
                "{'entity':null} | /model/entity",
                "{'time':'seen'} | /model/time",
                "{'dimensions':[{'name':'added','type':'double','unit':'bytes'}]} | /model/dimensions/0",
                "{'dimensions':[{'name':'added','type':'long'}]} | /model/dimensions/0",
                "{'dimensions':[{'name':'Added','type':'long','unit':'bytes'}]} | /model/dimensions/0",
                "{'dimensions':[{'name':'user','type':'long'}]} | /model/dimensions/0/type",
                "{'hierarchies':[{'name':'place','levels':['cityName']}]} | /model/hierarchies/0",
                "{'measures':[{'name':'edits','agg':'count_distinct','field':'page'}]} | /model/measures/0",
                "{'segments':[{'name':'people','filter':{'field':'isRobot','op':'eq','value':true}}]} | /model/segments/0",
            })
    void refusesToChangeWhatIsThere(String addition, String pointer) {
        var problem = Refused.problem(() -> extended(addition));

        assertThat(problem.reason()).isEqualTo(Reason.INCOMPATIBLE_CHANGE);
        assertThat(problem.errors()).extracting(error -> error.pointer()).containsExactly(pointer);
    }
}
