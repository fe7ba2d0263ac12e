package dev.sextant.query.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalQueryTest {

    private static final String DIMENSIONS = "'dimensions': ['channel', 'page']";

    private static Query canonical(String more) {
        return CanonicalQuery.of(Bodies.query("{'measures': [{'agg': 'count'}], %s, %s}".formatted(DIMENSIONS, more)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'and': [{'field':'page','op':'eq','value':'a'}, {'segment':'people'}]} | {'and': [{'segment':'people'}, {'field':'page','op':'eq','value':'a'}]}",
                "{'and': [{'segment':'people'}]} | {'segment':'people'}",
                "{'or': [{'segment':'people'}, {'or': [{'segment':'people'}, {'field':'page','op':'eq','value':'a'}]}]} | {'or': [{'field':'page','op':'eq','value':'a'}, {'segment':'people'}]}",
                "{'field':'page','op':'in','value':['b','a','b']} | {'field':'page','op':'in','value':['a','b']}",
                "{'field':'page','op':'in','value':['b']} | {'field':'page','op':'eq','value':'b'}",
                "{'field':'page','op':'nin','value':['b']} | {'field':'page','op':'ne','value':'b'}",
                "{'field':'page','op':'exists','value':true} | {'field':'page','op':'is_null','value':false}",
                "{'not': {'not': {'segment':'people'}}} | {'segment':'people'}"
            })
    void takesConditionsThatMeanTheSameForOne(String one, String other) {
        assertThat(canonical("'filter': " + one)).isEqualTo(canonical("'filter': " + other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'and': [{'field':'page','op':'eq','value':'a'}, {'segment':'people'}]} | {'or': [{'segment':'people'}, {'field':'page','op':'eq','value':'a'}]}",
                "{'field':'added','op':'between','value':[1,2]} | {'field':'added','op':'between','value':[2,1]}",
                "{'not': {'segment':'people'}} | {'segment':'people'}"
            })
    void keepsConditionsApartThatMeanSomethingElse(String one, String other) {
        assertThat(canonical("'filter': " + one)).isNotEqualTo(canonical("'filter': " + other));
    }

    @Test
    void leavesOutAnOrderThatHoldsAnyway() {
        assertThat(canonical("'order': [{'by':'channel'},{'by':'page'}]").order())
                .isEmpty();
        assertThat(canonical("'order': [{'by':'count','dir':'desc'},{'by':'channel'}]")
                        .order())
                .containsExactly(new Query.Order("count", true, false));
        assertThat(canonical("'order': [{'by':'page'}]").order())
                .containsExactly(new Query.Order("page", false, false));
        assertThat(canonical("'order': [{'by':'channel','nulls':'first'}]").order())
                .hasSize(1);
    }

    @Test
    void leavesWhatIsCanonicalAsItIs() {
        Query query = canonical(
                "'filter': {'and': [{'segment':'people'}, {'or': [{'field':'page','op':'in','value':['c','a']}, {'field':'added','op':'gt','value':1}]}]}");

        assertThat(CanonicalQuery.of(query)).isEqualTo(query);
    }
}
