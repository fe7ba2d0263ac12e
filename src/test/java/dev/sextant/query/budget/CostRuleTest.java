package dev.sextant.query.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Bodies;
import org.junit.jupiter.api.Test;

class CostRuleTest {

    private static long units(long rows, String body) {
        return CostRule.units(rows, Bodies.query(body), Bodies.EDITS);
    }

    @Test
    void aUnitIsAHundredThousandRowsBegun() {
        String count = "{'measures':[{'agg':'count'}]}";

        assertThat(units(0, count)).isEqualTo(1);
        assertThat(units(100_000, count)).isEqualTo(1);
        assertThat(units(100_001, count)).isEqualTo(2);
        assertThat(units(5_000_000, count)).isEqualTo(50);
    }

    @Test
    void whatMustRememberWhatItSawCostsMore() {
        assertThat(units(200_000, "{'measures':[{'agg':'count_distinct','field':'user'}]}"))
                .isEqualTo(8);
        assertThat(units(200_000, "{'measures':[{'agg':'count_distinct','field':'user','exact':false}]}"))
                .isEqualTo(4);
        assertThat(units(200_000, "{'measures':[{'agg':'quantile','field':'added','q':0.5}]}"))
                .isEqualTo(6);
        assertThat(units(200_000, "{'measures':[{'measure':'growth'},{'measure':'bot_share'}]}"))
                .isEqualTo(2);
    }

    @Test
    void partsOfAQuotientCostWhatTheyCostAlone() {
        assertThat(units(1, """
                {'measures':[{'agg':'ratio','of':[{'agg':'count_distinct','field':'user'},
                                                  {'agg':'quantile','field':'added','q':0.5}]}]}""")).isEqualTo(6);
    }
}
