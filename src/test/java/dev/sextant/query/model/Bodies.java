package dev.sextant.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Bodies for tests, written with ' for ". */
public final class Bodies {

    /** The Wikipedia sample's model. */
    public static final DatasetModel EDITS = ModelReader.read(json("""
            {'time': 'time', 'entity': 'user', 'event': 'namespace', 'touchpoint': 'channel',
             'dimensions': [
               {'name': 'channel', 'type': 'string'}, {'name': 'page', 'type': 'string'},
               {'name': 'comment', 'type': 'string'}, {'name': 'countryName', 'type': 'string'},
               {'name': 'countryIsoCode', 'type': 'string'}, {'name': 'regionName', 'type': 'string'},
               {'name': 'cityName', 'type': 'string'}, {'name': 'metroCode', 'type': 'long'},
               {'name': 'isRobot', 'type': 'boolean'}, {'name': 'isNew', 'type': 'boolean'},
               {'name': 'added', 'type': 'long', 'unit': 'bytes'}, {'name': 'delta', 'type': 'long', 'unit': 'bytes'},
               {'name': 'deleted', 'type': 'double'}, {'name': 'seen', 'type': 'timestamp'},
               {'name': 'extra', 'type': 'json'}],
             'hierarchies': [{'name': 'place', 'levels': ['countryName', 'regionName', 'cityName']}],
             'measures': [
               {'name': 'edits', 'agg': 'count'}, {'name': 'growth', 'agg': 'sum', 'field': 'delta'},
               {'name': 'bot_share', 'agg': 'ratio', 'unit': 'share', 'of': [
                 {'agg': 'count', 'filter': {'field': 'isRobot', 'op': 'eq', 'value': true}}, {'agg': 'count'}]}],
             'segments': [{'name': 'people', 'filter': {'field': 'isRobot', 'op': 'eq', 'value': false}}]}"""), "");

    private Bodies() {}

    public static JsonNode json(String text) {
        try {
            return Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Read against {@link #EDITS}. */
    public static Query query(String text) {
        return QueryReader.read(json(text), "edits", EDITS);
    }
}
