package dev.sextant.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.CanonicalQuery;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import dev.sextant.query.rollup.Rollup;
import dev.sextant.query.rollup.RollupChoice;
import dev.sextant.query.rollup.RollupReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The matcher says the same of a query and of what stands in for it. */
class StandInTest {

    private static final DatasetModel MODEL = ModelReader.read(json("""
            {'time':'time','dimensions':[{'name':'country','type':'string'},{'name':'city','type':'string'},
              {'name':'amount','type':'long'},{'name':'paid','type':'timestamp'}],
             'measures':[{'name':'turnover','agg':'sum','field':'amount'}],
             'segments':[{'name':'here','filter':{'field':'city','op':'eq','value':'Bonn'}}]}"""), "");

    private static final List<Rollup> ROLLUPS = Stream.of(
                    "{'name':'hourly','grain':'1h','dimensions':['country'],'measures':[{'agg':'avg','field':'amount'}]}",
                    "{'name':'daily','grain':'1d','dimensions':['country','city'],'measures':[{'measure':'turnover'}]}",
                    "{'name':'minutely','grain':'15m','dimensions':['city','paid'],'measures':[{'agg':'max','field':'amount'}]}")
            .map(text -> RollupReader.read(json(text), "sales", MODEL))
            .toList();

    private static final Map<String, Long> ROWS = Map.of("hourly", 3L, "daily", 2L, "minutely", 4L);

    private static JsonNode json(String text) {
        try {
            return Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Query query(String text) {
        return CanonicalQuery.of(QueryReader.read(json(text), "sales", MODEL));
    }

    static Stream<String> queries() {
        return Stream.of(
                "{'measures':[{'agg':'count'}]}",
                "{'measures':[{'measure':'turnover'}],'dimensions':['country']}",
                "{'measures':[{'agg':'avg','field':'amount'}],'dimensions':['country']}",
                "{'measures':[{'agg':'max','field':'amount'}],'dimensions':['city']}",
                "{'measures':[{'agg':'count','filter':{'field':'country','op':'in','value':['DE','FR']}}]}",
                "{'measures':[{'agg':'ratio','of':[{'agg':'count','filter':{'segment':'here'}},{'agg':'count'}]}]}",
                "{'measures':[{'agg':'count'}],'filter':{'or':[{'field':'city','op':'eq','value':'Bonn'},{'not':{'segment':'here'}}]}}",
                "{'measures':[{'agg':'count'}],'filter':{'field':'amount','op':'gt','value':3}}",
                "{'measures':[{'agg':'count_distinct','field':'country'}]}",
                "{'measures':[{'agg':'quantile','field':'amount','q':0.9}]}",
                "{'measures':[{'agg':'sum','expr':'amount * 2'}]}",
                "{'measures':[{'agg':'count'}],'dimensions':[{'expr':'lower(country)','as':'c'}]}",
                "{'measures':[{'agg':'count'}],'dimensions':['country'],'grouping':{'type':'rollup'}}",
                "{'measures':[{'agg':'count'}],'dimensions':['country'],'others':{'by':'count','limit':2}}",
                "{'measures':[{'agg':'count'}],'as_of':'dv_7'}",
                "{'fields':['country']}",
                "{'measures':[{'agg':'count'}],'dimensions':[{'time':'time','grain':'1h'}]}",
                "{'measures':[{'agg':'count'}],'dimensions':[{'time':'time','grain':'1d','tz':'Europe/Berlin'}],"
                        + "'time_range':{'from':'2026-03-01T00:00:00Z','to':'2026-04-01T00:00:00Z'}}",
                "{'measures':[{'agg':'count'}],'dimensions':[{'time':'time','grain':'1h','tz':'Asia/Kathmandu'}],"
                        + "'time_range':{'from':'2026-03-01T00:15:00Z','to':'2026-04-01T00:00:00Z'}}",
                "{'measures':[{'agg':'count'}],'dimensions':[{'time':'paid','grain':'1h'}]}",
                "{'measures':[{'agg':'count'}],'dimensions':[{'time':'time','grain':'30m'}]}",
                "{'measures':[{'agg':'count'}],'time_range':{'from':'2026-03-01T06:00:00Z','to':'2026-04-01T00:00:00Z'}}",
                "{'measures':[{'agg':'count'}],'time_range':{'from':'2026-03-01T06:00:00.5Z','to':'2026-04-01T00:00:00Z'}}");
    }

    @ParameterizedTest
    @MethodSource("queries")
    void isMatchedAsTheQueryItself(String text) {
        Query query = query(text);
        LogLine line = LogLine.of(new TenantId("ten_a"), query, Duration.ofSeconds(60));
        QueryShape shape = Json.read(line.shape().getBytes(StandardCharsets.UTF_8), QueryShape.class);

        Query standIn = StandIn.of(shape, "sales");

        assertThat(choice(standIn).plan()).isEqualTo(choice(query).plan());
        assertThat(choice(standIn).lost())
                .extracting(RollupChoice.Lost::rollup)
                .containsExactlyElementsOf(choice(query).lost().stream()
                        .map(RollupChoice.Lost::rollup)
                        .toList());
    }

    private static RollupChoice choice(Query query) {
        return RollupChoice.of(query, MODEL, ROLLUPS, ROWS);
    }

    @Test
    void isOneForQueriesThatDifferInValuesNamesAndOrder() {
        assertThat(shape(
                        "{'measures':[{'agg':'count','as':'n'},{'measure':'turnover'}],'dimensions':['city','country'],"
                                + "'filter':{'field':'city','op':'eq','value':'Bonn'},'limit':3,'order':[{'by':'n'}]}"))
                .isEqualTo(shape("{'measures':[{'measure':'turnover','as':'t'},{'agg':'count'}],"
                        + "'dimensions':['country','city'],'filter':{'field':'city','op':'in','value':['a','b']},"
                        + "'having':{'field':'t','op':'gt','value':1}}"));
    }

    @Test
    void tellsHowFarARangeIsWhole() {
        assertThat(ShapeOf.query(
                                query("{'measures':[{'agg':'count'}],'time_range':{'last':'1d'}}"),
                                Duration.ofSeconds(60))
                        .stepSeconds())
                .isEqualTo(60);
        assertThat(ShapeOf.query(
                                query("{'measures':[{'agg':'count'}],'time_range':{'last':'90s'}}"),
                                Duration.ofSeconds(60))
                        .stepSeconds())
                .isEqualTo(30);
    }

    private static QueryShape shape(String text) {
        return ShapeOf.query(query(text), Duration.ofSeconds(60));
    }
}
