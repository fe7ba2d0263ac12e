package dev.sextant.engine.druid;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.PooledColumns;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Turns a value of Druid's answer into the form that its {@link FieldType} says. */
final class ValueReader {

    private ValueReader() {}

    /** The value that the parser stands at. */
    static @Nullable Object read(JsonParser parser, FieldType type) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (type) {
            case STRING -> parser.currentToken().isScalarValue() ? parser.getText() : tree(parser);
            case JSON -> json(parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : tree(parser));
            case LONG -> whole(parser).longValueExact();
            case DECIMAL -> whole(parser);
            case DOUBLE -> real(parser);
            case BOOLEAN -> truth(parser);
            case TIMESTAMP -> Micros.toInstant(whole(parser).longValueExact());
        };
    }

    private static @Nullable String json(String text) {
        return text.equals(PooledColumns.NO_PROPERTIES) ? null : text;
    }

    /** Nested data, as its text. */
    private static String tree(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Lines.FACTORY.createGenerator(text)) {
            json.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    private static BigInteger whole(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue().toBigIntegerExact();
            case VALUE_TRUE -> BigInteger.ONE;
            case VALUE_FALSE -> BigInteger.ZERO;
            default -> new BigDecimal(parser.getText()).toBigIntegerExact();
        };
    }

    /** Null where it is no number, or none that is finite: Druid writes these as texts. */
    private static @Nullable Double real(JsonParser parser) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            return null;
        }
        double number = parser.getDoubleValue();
        return Double.isFinite(number) ? number : null;
    }

    private static boolean truth(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText().equals("true");
            default -> parser.getDoubleValue() != 0;
        };
    }
}
