package dev.sextant.query.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class NavigationTest {

    private static JsonNode navigation(String query) {
        return Navigation.of(Bodies.query(query), Bodies.EDITS);
    }

    private static Query body(JsonNode link) {
        return Bodies.query(link.get("body").toString());
    }

    @Test
    void goesDownTheLevelsBelowThoseThatAreUsed() {
        JsonNode down = navigation(
                        "{'dimensions': ['channel', 'countryName', 'user'], 'measures': [{'measure': 'edits'}]}")
                .get("drill_down");

        assertThat(down.findValuesAsText("by")).containsExactly("regionName", "cityName");
        assertThat(body(down.get(0)).dimensions())
                .extracting(Dimension::as)
                .containsExactly("channel", "countryName", "regionName", "user");
    }

    @Test
    void offersNoLevelWhoseNameIsTaken() {
        JsonNode down = navigation(
                        "{'dimensions': ['countryName'], 'measures': [{'agg': 'count', 'as': 'regionName'}]}")
                .get("drill_down");

        assertThat(down.findValuesAsText("by")).containsExactly("cityName");
    }

    @Test
    void takesWhatRestsOnADimensionOutWithIt() {
        JsonNode up = navigation("""
                {'dimensions': ['channel', {'time': 'time', 'grain': '1h'}], 'measures': [{'measure': 'edits'}],
                 'time_range': {'last': '1d'}, 'fill': true, 'others': {'by': 'edits'},
                 'having': {'not': {'field': 'is_other', 'op': 'eq', 'value': true}},
                 'order': [{'by': 'time'}, {'by': 'edits', 'dir': 'desc'}]}""").get("roll_up");

        Query withoutChannel = body(up.get(0));
        assertThat(withoutChannel.others()).isNull();
        assertThat(withoutChannel.having()).isNull();
        assertThat(withoutChannel.fill()).isEqualTo(new Fill(null));
        Query withoutTime = body(up.get(1));
        assertThat(withoutTime.others()).isNotNull();
        assertThat(withoutTime.fill()).isNull();
        assertThat(withoutTime.order()).containsExactly(new Query.Order("edits", true, false));
    }

    @Test
    void tellsTheEventsBehindTheMeasures() {
        JsonNode behind = navigation("""
                {'dimensions': ['channel'], 'measures': [{'measure': 'bot_share'}, {'measure': 'growth'}],
                 'filter': {'segment': 'people'}}""").get("rows_behind");

        assertThat(body(behind).fields())
                .extracting(Dimension.Plain::field)
                .isEqualTo(List.of("time", "channel", "delta"));
        assertThat(body(behind).filter()).isEqualTo(new Filter.InSegment("people"));
    }
}
