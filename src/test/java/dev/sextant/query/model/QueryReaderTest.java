package dev.sextant.query.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.model.Filter.Comparison;
import dev.sextant.query.model.Filter.Operator;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryReaderTest {

    @Test
    void readsAWholeQuery() {
        Query query = Bodies.query("""
                {'dataset': 'edits',
                 'measures': [{'measure': 'edits'}, {'agg': 'sum', 'field': 'added', 'as': 'bytes'},
                              {'agg': 'quantile', 'field': 'added', 'q': 0.95, 'exact': false}],
                 'dimensions': ['channel', {'field': 'page', 'as': 'article'},
                                {'time': 'time', 'grain': '1w', 'tz': 'Europe/Berlin', 'week_start': 'sunday'}],
                 'filter': {'and': [{'field': 'added', 'op': 'gt', 'value': 10}, {'not': {'segment': 'people'}}]},
                 'time_range': {'from': '2015-09-12T00:00:00Z', 'to': '2015-09-13T02:00:00+02:00'},
                 'having': {'field': 'bytes', 'op': 'gt', 'value': 0},
                 'order': [{'by': 'bytes', 'dir': 'desc', 'nulls': 'first'}],
                 'limit': 100, 'cursor': null, 'dry_run': false, 'explain': false, 'compare': null}""");

        assertThat(query)
                .isEqualTo(Query.of("edits")
                        .measures(List.of(
                                new Measure.Named("edits", "edits"),
                                new Aggregate(Function.SUM, "added", null, true, null, "bytes"),
                                new Aggregate(Function.QUANTILE, "added", 0.95, false, null, "p95_added")))
                        .dimensions(List.of(
                                new Dimension.Plain("channel", "channel"),
                                new Dimension.Plain("page", "article"),
                                new Dimension.TimeBucket(
                                        "time",
                                        new Grain(1, Grain.Unit.WEEK),
                                        ZoneId.of("Europe/Berlin"),
                                        DayOfWeek.SUNDAY,
                                        "time")))
                        .filter(new Filter.And(List.of(
                                new Comparison("added", Operator.GT, List.of(10L)),
                                new Filter.Not(new Filter.InSegment("people")))))
                        .timeRange(new TimeRange.Between(
                                Instant.parse("2015-09-12T00:00:00Z"), Instant.parse("2015-09-13T00:00:00Z")))
                        .having(new Comparison("bytes", Operator.GT, List.of(java.math.BigInteger.ZERO)))
                        .order(List.of(new Query.Order("bytes", true, true)))
                        .limit(100)
                        .build());
        assertThat(Bodies.query(query.toJson().toString())).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'fields': ['time', {'field': 'page', 'as': 'article'}], 'order': [{'by': 'article'}]}",
                "{'dimensions': ['page', 'user'], 'grouping': {'type': 'rollup'}}",
                "{'dimensions': ['page', 'user', 'channel'], 'grouping': {'type': 'cube'}, 'navigate': true}",
                "{'measures': [{'measure': 'edits'}], 'time_range': {'last': '1d'}, 'compare': {'offset': 'P1W'}, 'order': [{'by': 'edits_change_pct'}]}",
                "{'measures': [{'measure': 'edits'}], 'time_range': {'last': '1d'}, 'compare': {'from': '2015-01-01T00:00:00Z', 'to': '2015-01-02T00:00:00Z'}}",
                "{'dimensions': [{'time': 'time', 'grain': '1h'}], 'time_range': {'last': '1d'}, 'fill': true}",
                "{'dimensions': [{'time': 'time', 'grain': '1h'}], 'time_range': {'last': '1d'}, 'fill': {'value': 0}}",
                "{'dimensions': ['page'], 'measures': [{'measure': 'edits'}], 'others': {'by': 'edits'}, 'having': {'field': 'is_other', 'op': 'eq', 'value': false}}"
            })
    void readsBackWhatItWrites(String body) {
        Query query = Bodies.query(body);

        assertThat(Bodies.query(query.toJson().toString())).isEqualTo(query);
    }

    @Test
    void knowsTheSameSubtotalsHoweverTheyAreAskedFor() {
        String body = "{'dimensions': ['page', 'user', 'channel'], 'grouping': %s}";

        assertThat(Bodies.query(body.formatted("{'type': 'rollup'}")))
                .isEqualTo(
                        Bodies.query(
                                body.formatted(
                                        "{'type': 'sets', 'sets': [[], ['page'], ['user', 'page'], ['page', 'user'], ['channel', 'page', 'user']]}")));
        assertThat(Bodies.query(body.formatted("{'type': 'cube'}")).grouping())
                .isEqualTo(new Grouping(List.of(
                        List.of("page", "user"),
                        List.of("page", "channel"),
                        List.of("user", "channel"),
                        List.of("page"),
                        List.of("user"),
                        List.of("channel"))));
    }

    @Test
    void fillsInWhatIsAbsent() {
        Query query = Bodies.query("{'dimensions': [{'time': 'time', 'grain': 'PT1H', 'tz': 'Etc/UTC'}]}");

        assertThat(query.limit()).isEqualTo(1000);
        assertThat(query.totals()).isTrue();
        assertThat(query.timeRange()).isNull();
        assertThat(query.dimensions())
                .containsExactly(new Dimension.TimeBucket(
                        "time", new Grain(1, Grain.Unit.HOUR), ZoneOffset.UTC, DayOfWeek.MONDAY, "time"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'agg':'count'} | count",
                "{'agg':'count_distinct','field':'user'} | count_distinct_user",
                "{'agg':'avg','field':'added'} | avg_added",
                "{'agg':'quantile','field':'added','q':0.5} | p50_added",
                "{'agg':'quantile','field':'added','q':0.999} | p99_9_added",
                "{'agg':'count_distinct','field':'properties.plan'} | count_distinct_properties.plan",
                "{'agg':'ratio','of':[{'agg':'count'},{'agg':'count'}]} | ratio",
                "{'measure':'edits'} | edits"
            })
    void namesMeasuresByDefault(String measure, String name) {
        Query query = Bodies.query("{'measures': [%s]}".formatted(measure));

        assertThat(query.measures()).extracting(Measure::as).containsExactly(name);
        assertThat(Bodies.query(query.toJson().toString())).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'field':'channel','op':'eq','value':'x'} | STRING",
                "{'field':'added','op':'eq','value':5} | LONG",
                "{'field':'added','op':'in','value':[5.0, 1e2]} | LONG",
                "{'field':'deleted','op':'lt','value':5} | DOUBLE",
                "{'field':'isRobot','op':'ne','value':true} | BOOLEAN",
                "{'field':'time','op':'gte','value':'2015-09-12T00:00:00.123456Z'} | TIMESTAMP",
                "{'field':'received_at','op':'lt','value':'2015-09-12T00:00:00Z'} | TIMESTAMP",
                "{'field':'properties.plan','op':'eq','value':true} | STRING",
                "{'field':'properties.plan','op':'between','value':[1,2]} | DOUBLE"
            })
    void readsValuesInTheFormOfTheirField(String filter, FieldType type) {
        Query query = Bodies.query("{'measures':[{'agg':'count'}],'filter':%s}".formatted(filter));

        assertThat(query.filter()).isInstanceOf(Comparison.class);
        Class<?> form = switch (type) {
            case STRING, JSON -> String.class;
            case LONG -> Long.class;
            case DOUBLE -> Double.class;
            case BOOLEAN -> Boolean.class;
            case TIMESTAMP -> Instant.class;
            case DECIMAL -> java.math.BigInteger.class;
        };
        assertThat(query.filter())
                .isInstanceOfSatisfying(
                        Comparison.class,
                        comparison -> assertThat(comparison.values()).hasOnlyElementsOfType(form));
        assertThat(Bodies.query(query.toJson().toString())).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | ' invalid_query'",
                "[] | ' invalid_query'",
                "{'measure':[]} | /measure invalid_query",
                "{'dimensions':['chanel']} | /dimensions/0 unknown_field",
                "{'dimensions':['properties..b']} | /dimensions/0 invalid_query",
                "{'dimensions':['extra.a[x]']} | /dimensions/0 invalid_query",
                "{'dimensions':['properties.*']} | /dimensions/0 invalid_query",
                "{'dimensions':['properties.a\\u0022b']} | /dimensions/0 invalid_query",
                "{'dimensions':['properties.\\ud800']} | /dimensions/0 invalid_query",
                "{'dimensions':[7]} | /dimensions/0 invalid_query",
                "{'dimensions':[{}]} | /dimensions/0 invalid_query",
                "{'dimensions':[{'field':'nope'}]} | /dimensions/0/field unknown_field",
                "{'dimensions':[{'field':'added','bins':4}]} | /dimensions/0/bins invalid_query",
                "{'dimensions':[{'field':'channel','bins':{'width':10}}]} | /dimensions/0/bins type_mismatch",
                "{'dimensions':[{'field':'added','bins':{'width':0}}]} | /dimensions/0/bins/width invalid_query",
                "{'dimensions':[{'field':'added','bins':{'width':1,'edges':[1]}}]} | /dimensions/0/bins invalid_query",
                "{'dimensions':[{'field':'added','bins':{'edges':[1,1]}}]} | /dimensions/0/bins/edges/1 invalid_query",
                "{'dimensions':[{'field':'added','type':'double'}]} | /dimensions/0/type invalid_query",
                "{'dimensions':[{'field':'properties.a','type':'doubl'}]} | /dimensions/0/type invalid_query",
                "{'dimensions':[{'expr':'adde + 1','as':'a'}]} | /dimensions/0/expr unknown_field",
                "{'dimensions':[{'expr':'added + 1'}]} | /dimensions/0/as invalid_query",
                "{'dimensions':[{'expr':'extra = 1','as':'a'}]} | /dimensions/0/expr unknown_field",
                "{'measures':[{'agg':'count'}],'filter':{'expr':'added + 1'}} | /filter/expr type_mismatch",
                "{'measures':[{'agg':'count'}],'having':{'expr':'added > 1'}} | /having/expr unknown_field",
                "{'measures':[{'agg':'sum','field':'properties.a'}]} | /measures/0/field type_mismatch",
                "{'measures':[{'agg':'sum','expr':'channel'}]} | /measures/0/expr type_mismatch",
                "{'measures':[{'agg':'expression'}]} | /measures/0/expr invalid_query",
                "{'measures':[{'agg':'expression','expr':'1 + 1'}]} | /measures/0/expr invalid_query",
                "{'measures':[{'agg':'expression','expr':'edits > 1'}]} | /measures/0/expr type_mismatch",
                "{'measures':[{'agg':'expression','expr':'edits','field':'added'}]} | /measures/0/field invalid_query",
                "{'dimensions':[{'time':'nope','grain':'1h'}]} | /dimensions/0/time unknown_field",
                "{'dimensions':[{'time':'channel','grain':'1h'}]} | /dimensions/0/time type_mismatch",
                "{'dimensions':[{'time':'time'}]} | /dimensions/0/grain invalid_query",
                "{'dimensions':[{'time':'time','grain':'1x'}]} | /dimensions/0/grain invalid_query",
                "{'dimensions':[{'time':'time','grain':'1h','tz':'Mars/Olympus'}]} | /dimensions/0/tz invalid_query",
                "{'dimensions':[{'time':'time','grain':'1h','tz':'+02:00'}]} | /dimensions/0/tz invalid_query",
                "{'dimensions':[{'time':'time','grain':'1h','week_start':'monday'}]} | /dimensions/0/week_start invalid_query",
                "{'dimensions':[{'time':'time','grain':'1w','week_start':'Mo'}]} | /dimensions/0/week_start invalid_query",
                "{'dimensions':['channel','channel']} | /dimensions/1 invalid_query",
                "{'dimensions':['channel'],'measures':[{'agg':'count','as':'channel'}]} | /measures/0 invalid_query",
                "{'dimensions':[{'field':'channel','as':'a b'}]} | /dimensions/0/as invalid_query",
                "{'measures':[{'measure':'edts'}]} | /measures/0/measure unknown_field",
                "{'measures':[{'agg':'median','field':'added'}]} | /measures/0/agg invalid_query",
                "{'measures':[{'agg':'expression','expr':'a+b'}]} | /measures/0/expr unknown_field",
                "{'measures':[{'agg':'sum'}]} | /measures/0/field invalid_query",
                "{'measures':[{'agg':'sum','field':'channel'}]} | /measures/0/field type_mismatch",
                "{'measures':[{'agg':'sum','field':'properties.x'}]} | /measures/0/field type_mismatch",
                "{'measures':[{'agg':'max','field':'extra'}]} | /measures/0/field type_mismatch",
                "{'measures':[{'agg':'count','field':'added'}]} | /measures/0/field invalid_query",
                "{'measures':[{'agg':'quantile','field':'added'}]} | /measures/0/q invalid_query",
                "{'measures':[{'agg':'quantile','field':'added','q':95}]} | /measures/0/q invalid_query",
                "{'measures':[{'agg':'sum','field':'added','q':0.5}]} | /measures/0/q invalid_query",
                "{'measures':[{'agg':'ratio','of':[{'agg':'count'}]}]} | /measures/0/of invalid_query",
                "{'measures':[{'agg':'ratio','of':[{'agg':'count'},{'agg':'sum','field':'x'}]}]} | /measures/0/of/1/field unknown_field",
                "{'measures':[{'agg':'count','of':[]}]} | /measures/0/of invalid_query",
                "{'measures':[{'agg':'count','filter':{'field':'nope','op':'eq','value':1}}]} | /measures/0/filter/field unknown_field",
                "{'measures':[{'agg':'count'},{'agg':'count'}]} | /measures/1 invalid_query",
                "{'measures':[{'agg':'count'}],'time_range':{}} | /time_range invalid_query",
                "{'measures':[{'agg':'count'}],'time_range':{'last':'x'}} | /time_range/last invalid_query",
                "{'measures':[{'agg':'count'}],'time_range':{'last':'1h','from':'2015-01-01T00:00:00Z'}} | /time_range invalid_query",
                "{'measures':[{'agg':'count'}],'time_range':{'from':'2015-01-01T00:00:00Z','to':'2015-01-01T00:00:00Z'}} | /time_range invalid_query",
                "{'measures':[{'agg':'count'}],'time_range':{'from':'2015-01-01','to':'2015-01-02T00:00:00Z'}} | /time_range/from invalid_query",
                "{'measures':[{'agg':'count'}],'having':{'field':'n','op':'gt','value':1}} | /having/field unknown_field",
                "{'measures':[{'agg':'count'}],'having':{'segment':'people'}} | /having/segment unknown_field",
                "{'measures':[{'agg':'count'}],'having':{'field':'count','op':'gt','value':1.5}} | /having/value type_mismatch",
                "{'measures':[{'agg':'count'}],'order':[{'by':'cuont'}]} | /order/0/by unknown_field",
                "{'measures':[{'agg':'count'}],'order':[{}]} | /order/0/by invalid_query",
                "{'measures':[{'agg':'count'}],'order':[{'by':'count','dir':'down'}]} | /order/0/dir invalid_query",
                "{'measures':[{'agg':'count'}],'order':[{'by':'count'},{'by':'count'}]} | /order/1/by invalid_query",
                "{'measures':[{'agg':'count'}],'limit':0} | /limit invalid_query",
                "{'measures':[{'agg':'count'}],'limit':10001} | /limit invalid_query",
                "{'measures':[{'agg':'count'}],'limit':1.5} | /limit invalid_query",
                "{'measures':[{'agg':'count'}],'totals':1} | /totals invalid_query",
                "{'measures':[{'agg':'count'}],'grouping':{'type':'rollup'}} | /grouping invalid_query",
                "{'dimensions':['page'],'grouping':{'type':'tree'}} | /grouping/type invalid_query",
                "{'dimensions':['page'],'grouping':{'type':'sets'}} | /grouping/sets invalid_query",
                "{'dimensions':['page'],'grouping':{'type':'sets','sets':[['paeg']]}} | /grouping/sets/0/0 unknown_field",
                "{'dimensions':['page'],'grouping':{'type':'rollup'},'measures':[{'measure':'edits'}],'others':{'by':'edits'}} | /grouping not_supported",
                "{'dimensions':['page','channel','user','cityName','isNew','isRobot','seen'],'grouping':{'type':'cube'}} | /grouping invalid_query",
                "{'measures':[{'agg':'count'}],'compare':{'offset':'1d'}} | /compare invalid_query",
                "{'measures':[{'agg':'count'}],'time_range':{'last':'1d'},'compare':{}} | /compare invalid_query",
                "{'measures':[{'agg':'count'}],'time_range':{'last':'1d'},'compare':{'offset':'soon'}} | /compare/offset invalid_query",
                "{'measures':[{'agg':'count'}],'time_range':{'last':'1d'},'compare':{'offset':'3000y'}} | /compare/offset invalid_query",
                "{'measures':[{'agg':'count'}],'time_range':{'from':'2015-11-01T00:00:00Z','to':'2015-11-02T00:00:00Z'},'compare':{'offset':'2015y'}} | /compare/offset invalid_query",
                "{'measures':[{'agg':'count'},{'agg':'sum','field':'added','as':'count_previous'}],'time_range':{'last':'1d'},'compare':{'offset':'1d'}} | /compare invalid_query",
                "{'dimensions':['page'],'measures':[{'measure':'edits'}],'others':{'by':'edit'}} | /others/by unknown_field",
                "{'dimensions':[{'time':'time','grain':'1d'}],'measures':[{'measure':'edits'}],'others':{'by':'edits'}} | /others invalid_query",
                "{'dimensions':['page'],'measures':[{'measure':'edits'}],'others':{'by':'edits','dimension':'edits'}} | /others/dimension unknown_field",
                "{'dimensions':['page'],'measures':[{'measure':'edits'}],'others':{'by':'edits','limit':0}} | /others/limit invalid_query",
                "{'dimensions':['page'],'measures':[{'measure':'edits'}],'others':{'by':'edits','as':'page'}} | /others/as invalid_query",
                "{'dimensions':['page'],'time_range':{'last':'1d'},'fill':true} | /fill invalid_query",
                "{'dimensions':[{'time':'seen','grain':'1h'}],'time_range':{'last':'1d'},'fill':true} | /fill invalid_query",
                "{'dimensions':[{'time':'time','grain':'1h'}],'fill':true} | /fill invalid_query",
                "{'dimensions':[{'time':'time','grain':'1h'}],'time_range':{'last':'1d'},'measures':[{'measure':'edits'}],'fill':{'value':0.5}} | /fill/value type_mismatch",
                "{'fields':['paeg']} | /fields/0 unknown_field",
                "{'fields':[]} | /fields invalid_query",
                "{'fields':['page','page']} | /fields/1 invalid_query",
                "{'fields':['page'],'measures':[{'agg':'count'}]} | /measures invalid_query",
                "{'fields':['page'],'having':{'field':'page','op':'eq','value':'x'}} | /having invalid_query",
                "{'fields':['page'],'order':[{'by':'user'}]} | /order/0/by unknown_field",
                "{'fields':[{'time':'time','grain':'1h'}]} | /fields/0 invalid_query",
                "{'measures':[{'agg':'count'}],'budget':{}} | /budget not_supported",
                "{'measures':[{'agg':'count'}],'dry_run':true} | /dry_run not_supported",
                "{'measures':[{'agg':'count'}],'explain':true} | /explain not_supported",
            })
    void refusesAtThePlace(String body, String place) {
        assertThat(Refused.places(() -> Bodies.query(body))).containsExactly(place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'field':'countryNam','op':'eq','value':'x'} | /filter/field unknown_field",
                "{'field':'channel','op':'like','value':'x'} | /filter/op invalid_query",
                "{'field':'channel','value':'x'} | /filter/op invalid_query",
                "{'field':'channel','op':'eq'} | /filter/value invalid_query",
                "{'field':'channel','op':'eq','value':null} | /filter/value invalid_query",
                "{'field':'channel','op':'eq','value':7} | /filter/value type_mismatch",
                "{'field':'channel','op':'eq','value':'a\\u0000b'} | /filter/value invalid_query",
                "{'field':'channel','op':'eq','value':'\\ud800'} | /filter/value invalid_query",
                "{'field':'added','op':'eq','value':'7'} | /filter/value type_mismatch",
                "{'field':'added','op':'eq','value':1.5} | /filter/value type_mismatch",
                "{'field':'added','op':'eq','value':1e30} | /filter/value type_mismatch",
                "{'field':'added','op':'eq','value':1e999999999} | /filter/value type_mismatch",
                "{'field':'deleted','op':'eq','value':1e999} | /filter/value invalid_query",
                "{'field':'isRobot','op':'eq','value':'true'} | /filter/value type_mismatch",
                "{'field':'time','op':'gt','value':5} | /filter/value type_mismatch",
                "{'field':'time','op':'gt','value':'yesterday'} | /filter/value invalid_query",
                "{'field':'time','op':'gt','value':'2015-09-12T00:00:00.1234567Z'} | /filter/value invalid_query",
                "{'field':'time','op':'gt','value':'+12015-09-12T00:00:00Z'} | /filter/value invalid_query",
                "{'field':'isRobot','op':'gt','value':true} | /filter/op type_mismatch",
                "{'field':'added','op':'contains','value':'1'} | /filter/op type_mismatch",
                "{'field':'extra','op':'eq','value':'1'} | /filter/op type_mismatch",
                "{'field':'properties.x','op':'contains','value':1} | /filter/value type_mismatch",
                "{'field':'properties.x','op':'in','value':['1',1]} | /filter/value type_mismatch",
                "{'field':'channel','op':'in','value':'x'} | /filter/value invalid_query",
                "{'field':'channel','op':'in','value':['x',null]} | /filter/value/1 type_mismatch",
                "{'field':'added','op':'between','value':[1]} | /filter/value invalid_query",
                "{'field':'added','op':'is_null','value':1} | /filter/value invalid_query",
                "{'field':'channel','op':'regex','value':'('} | /filter/value invalid_query",
                "{'field':'channel','op':'regex','value':'a(?=b)'} | /filter/value invalid_query",
                "{'field':'channel','op':'regex','value':'(a{100}){100}'} | /filter/value invalid_query",
                "{} | /filter invalid_query",
                "7 | /filter invalid_query",
                "{'and':[]} | /filter/and invalid_query",
                "{'and':{}} | /filter/and invalid_query",
                "{'and':[{'or':[{'not':{'field':'x','op':'eq','value':1}}]}]} | /filter/and/0/or/0/not/field unknown_field",
                "{'and':[{'segment':'people'}],'or':[{'segment':'people'}]} | /filter invalid_query",
                "{'segment':'people','value':1} | /filter invalid_query",
                "{'segment':'poeple'} | /filter/segment unknown_field",
                "{'cohort':'coh_1'} | /filter/cohort not_supported",
                "{'field':'channel','op':'eq','value':'x','case':'no'} | /filter/case invalid_query",
            })
    void refusesConditionsAtThePlace(String filter, String place) {
        assertThat(Refused.places(() -> Bodies.query("{'measures':[{'agg':'count'}],'filter':%s}".formatted(filter))))
                .containsExactly(place);
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        Unprocessable problem = Refused.problem(() -> Bodies.query("""
                {'dimensions': ['contry', 'channel'], 'measures': [{'agg': 'sum', 'field': 'page'}],
                 'filter': {'field': 'added', 'op': 'eq', 'value': 'x'}, 'limit': -1}"""));

        assertThat(problem.reason()).isEqualTo(Reason.UNKNOWN_FIELD);
        assertThat(problem.errors())
                .extracting(error -> error.pointer())
                .containsExactly("/dimensions/0", "/measures/0/field", "/filter/value", "/limit");
    }

    @ParameterizedTest
    @CsvSource({"countryNme, countryName", "chanel, channel", "ADDED, added"})
    void guessesWhatWasMeant(String field, String meant) {
        Unprocessable problem = Refused.problem(() -> Bodies.query("{'dimensions':['%s']}".formatted(field)));

        assertThat(problem.detail()).isEqualTo("Field '%s' does not exist; did you mean '%s'?".formatted(field, meant));
    }

    @Test
    void tellsTheAggregatesThereAre() {
        Unprocessable problem = Refused.problem(() -> Bodies.query("{'measures':[{'agg':'median','field':'added'}]}"));

        assertThat(problem.detail())
                .endsWith("these are: avg, count, count_distinct, expression, max, min, quantile, ratio, sum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"somethingElse", "x", "__time"})
    void guessesNothingFarOff(String field) {
        Unprocessable problem = Refused.problem(() -> Bodies.query("{'dimensions':['%s']}".formatted(field)));

        assertThat(problem.detail()).startsWith("Field '%s' does not exist".formatted(field));
    }

    @Test
    void refusesFiltersThatAreTooLargeOrTooDeep() {
        String one = "{'field':'channel','op':'eq','value':'x'}";
        String wide = "{'or':[%s]}".formatted(String.join(",", java.util.Collections.nCopies(500, one)));
        String deep = "{'not':".repeat(24) + one + "}".repeat(24);

        assertThat(Refused.places(() -> Bodies.query("{'measures':[{'agg':'count'}],'filter':%s}".formatted(wide))))
                .containsExactly("/filter/or/499 invalid_query");
        assertThat(Refused.places(() -> Bodies.query("{'measures':[{'agg':'count'}],'filter':%s}".formatted(deep))))
                .containsExactly("/filter" + "/not".repeat(24) + " invalid_query");
    }

    @Test
    void describesTheColumns() {
        Query query = Bodies.query("""
                {'dimensions': ['channel', {'time': 'time', 'grain': '1h'}],
                 'measures': [{'measure': 'growth'}, {'measure': 'bot_share'}, {'agg': 'max', 'field': 'seen'}]}""");

        assertThat(Columns.of(query, Bodies.EDITS))
                .containsExactly(
                        new ColumnInfo("channel", FieldType.STRING, ColumnInfo.Role.DIMENSION, null, null, null),
                        new ColumnInfo("time", FieldType.TIMESTAMP, ColumnInfo.Role.DIMENSION, null, null, "1h"),
                        new ColumnInfo("growth", FieldType.DECIMAL, ColumnInfo.Role.MEASURE, "bytes", null, null),
                        new ColumnInfo("bot_share", FieldType.DOUBLE, ColumnInfo.Role.MEASURE, "share", null, null),
                        new ColumnInfo("max_seen", FieldType.TIMESTAMP, ColumnInfo.Role.MEASURE, null, null, null));
    }
}
