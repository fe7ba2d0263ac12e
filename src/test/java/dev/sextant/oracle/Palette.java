package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The few values that the events and queries of a round are made of, so that they meet often. */
final class Palette {

    private static final List<String> TEXTS = List.of(
            "", "a", "B", "b", "ab", "aB", "A b", "é", "e\u0301", "ß", "İ", "zoë", "😀", "😀x", "𐀀", "\uE000",
            "\uFFFD", "10", "9", "%", "a%", "_b", "'", "\"", "\\", "null", "true", "война", "日本", " ", "a ");
    private static final List<String> WHOLES = List.of(
            "9223372036854775807",
            "-9223372036854775808",
            "9007199254740991",
            "9007199254740992",
            "9007199254740993",
            "-9007199254740991",
            "-9007199254740993",
            "0",
            "1",
            "-1",
            "4611686018427387904");
    private static final List<Double> WILD = List.of(
            0.1, 0.2, 1.0 / 3, -0.0, 0.0, 1e-300, 2.5e-300, 123456789.123, 1e15 + 0.3, -1e300, 1e300, 1e16, -2.5);
    private static final List<String> DOCUMENTS =
            List.of("{\"a\":1}", "{\"a\":{\"b\":[1,\"x\"]}}", "[]", "\"text\"", "5", "true", "{}");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<ValueNode> PROPERTIES = List.of(
            JSON.textNode("5"),
            JSON.numberNode(5),
            JSON.numberNode(2.5),
            JSON.textNode("five"),
            JSON.booleanNode(true),
            JSON.nullNode(),
            JSON.textNode(""),
            JSON.textNode("é"),
            JSON.numberNode(-7),
            JSON.textNode("1e2"));

    private static final List<String> NESTED = List.of(
            "{\"a\":{\"b\":5},\"l\":[1,\"x\"]}",
            "{\"a\":\"é\"}",
            "{\"l\":[null,2.5]}",
            "[7]",
            "\"text\"",
            "{\"a\":null}");

    private final Random random;
    private final List<String> texts;
    private final List<Instant> times;

    Palette(Random random) {
        this.random = random;
        this.texts = IntStream.range(0, 6).mapToObj(_ -> pick(TEXTS)).toList();
        RandomTimes made = new RandomTimes(random);
        this.times = IntStream.range(0, 12).mapToObj(_ -> made.next()).toList();
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    Instant time() {
        return pick(times);
    }

    JsonNode property() {
        return pick(PROPERTIES);
    }

    JsonNode nested() {
        return Schema.parse(pick(NESTED));
    }

    String text() {
        return pick(texts);
    }

    /** A value for the field, in the form of its {@link Kind}. */
    Object value(String field, Kind kind) {
        return switch (kind) {
            case STRING -> text();
            case LONG, DECIMAL ->
                field.equals("big") ? new BigInteger(pick(WHOLES)) : BigInteger.valueOf(random.nextInt(-3, 6));
            case DOUBLE -> Approximate.exactly(field.equals("wild") ? pick(WILD) : random.nextInt(-8, 9) / 4.0);
            case BOOLEAN -> random.nextBoolean();
            case TIMESTAMP -> time();
            case JSON -> pick(DOCUMENTS);
        };
    }
}
