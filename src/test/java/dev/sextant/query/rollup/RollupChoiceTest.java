package dev.sextant.query.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollupChoiceTest {

    private static final DatasetModel MODEL = ModelReader.read(json("""
            {'time':'time','dimensions':[{'name':'country','type':'string'},{'name':'city','type':'string'},
              {'name':'amount','type':'long'}],
             'measures':[{'name':'turnover','agg':'sum','field':'amount'}]}"""), "");
    private static final Rollup HOURLY = rollup(
            "{'name':'hourly','grain':'1h','dimensions':['country'],'measures':[{'agg':'avg','field':'amount'}]}");
    private static final Rollup DAILY =
            rollup("{'name':'daily','grain':'1d','dimensions':['country'],'measures':[{'measure':'turnover'}]}");

    private static JsonNode json(String text) {
        try {
            return Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rollup rollup(String declaration) {
        return RollupReader.read(json(declaration), "sales", MODEL);
    }

    private static RollupChoice choice(String query, List<Rollup> rollups, Map<String, Long> rollupToRows) {
        Query read = QueryReader.read(json(query), "sales", MODEL);
        return RollupChoice.of(read, MODEL, rollups, rollupToRows);
    }

    @Test
    void takesTheSmallestOfThoseThatCan() {
        RollupChoice choice = choice(
                "{'dimensions':['country'],'measures':[{'measure':'turnover'}]}",
                List.of(HOURLY, DAILY),
                Map.of("hourly", 100L, "daily", 10L));

        assertThat(choice.plan()).isEqualTo("rollup:daily");
        assertThat(choice.lost())
                .containsExactly(new RollupChoice.Lost("hourly", "It could answer, and has more rows than daily."));
    }

    @Test
    void passesOverWhatIsNotBuilt() {
        RollupChoice choice = choice("{'measures':[{'agg':'count'}]}", List.of(DAILY), Map.of());

        assertThat(choice.plan()).isEqualTo("scan");
        assertThat(choice.lost()).containsExactly(new RollupChoice.Lost("daily", "It is not built."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'measures':[{'agg':'count'}],'as_of':'dv_3'} | It knows the latest version only, and an earlier one is asked for.",
                "{'fields':['country']} | Events are asked for, not groups.",
                "{'measures':[{'agg':'count'}],'time_range':{'from':'2026-03-02T00:00:00Z','to':'2026-03-03T00:00:00Z'},"
                        + "'compare':{'offset':'1d'}} | A comparison, or the others beside the largest, are not read from rollups.",
                "{'dimensions':['country'],'measures':[{'agg':'count'}],'others':{'by':'count','limit':2}}"
                        + " | A comparison, or the others beside the largest, are not read from rollups.",
                "{'dimensions':['country'],'measures':[{'agg':'count'}],'grouping':{'type':'cube'}}"
                        + " | Subtotals, and filled gaps, are not read from rollups.",
                "{'dimensions':[{'time':'time','grain':'1d'}],'measures':[{'agg':'count'}],'fill':true,"
                        + "'time_range':{'from':'2026-03-02T00:00:00Z','to':'2026-03-03T00:00:00Z'}}"
                        + " | Subtotals, and filled gaps, are not read from rollups.",
                "{'dimensions':['city'],'measures':[{'agg':'count'}]} | It is not grouped by 'city'.",
                "{'dimensions':[{'expr':'UPPER(country)','as':'loud'}],'measures':[{'agg':'count'}]}"
                        + " | It is not grouped by 'loud'.",
                "{'measures':[{'agg':'count'}],'filter':{'field':'city','op':'eq','value':'Bonn'}}"
                        + " | The filter looks at fields that it is not grouped by.",
                "{'measures':[{'agg':'count'}],'time_range':{'from':'2026-03-02T00:00:00Z','to':'2026-03-03T12:00:01Z'}}"
                        + " | The range does not begin and end with its buckets.",
                "{'dimensions':[{'time':'time','grain':'15m'}],'measures':[{'agg':'count'}]}"
                        + " | Its buckets do not fit into those of 'time'.",
                "{'measures':[{'agg':'max','field':'amount','as':'top'}]} | It has nothing that 'top' could be made of.",
                "{'measures':[{'agg':'sum','expr':'amount * 2','as':'twice'}]}"
                        + " | It has nothing that 'twice' could be made of.",
                "{'measures':[{'agg':'avg','expr':'amount * 2','as':'twice'}]}"
                        + " | It has nothing that 'twice' could be made of.",
                "{'measures':[{'agg':'count'},{'agg':'expression','expr':'count * 2','as':'twice'}]}"
                        + " | It has nothing that 'twice' could be made of."
            })
    void saysWhyTheEventsAreRead(String query, String reason) {
        RollupChoice choice = choice(query, List.of(HOURLY), Map.of("hourly", 1L));

        assertThat(choice.lost()).containsExactly(new RollupChoice.Lost("hourly", reason));
        assertThat(choice.plan()).isEqualTo("scan");
    }

    @Test
    void keepsTheNamesOfTheColumns() {
        Served served = choice(
                        "{'dimensions':[{'field':'country','as':'land'}],'measures':[{'agg':'avg','field':'amount','as':'mean'}]}",
                        List.of(HOURLY),
                        Map.of("hourly", 1L))
                .served();

        Query query = Objects.requireNonNull(served).query();
        assertThat(query.dimensions().getFirst().as()).isEqualTo("land");
        assertThat(query.measures().getFirst().as()).isEqualTo("mean");
    }
}
