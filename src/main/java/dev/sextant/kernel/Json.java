package dev.sextant.kernel;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The one JSON of the house: snake_case, records in and records out, strict about what it reads. */
public final class Json {

    /** On the wire each problem says which one it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "problem")
    private interface Named {}

    /** RFC 3339 in UTC, with three decimals always. */
    private static final class MillisecondInstants extends StdSerializer<Instant> {

        private static final long serialVersionUID = 1L;
        private static final DateTimeFormatter FORM =
                new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

        MillisecondInstants() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(FORM.format(instant));
        }
    }

    /** What a caller sends may be nested this deep. */
    public static final int DEPTH_MAX = 64;

    /** What a caller sends as one value may have so many names, values and brackets. */
    public static final int TOKENS_MAX = 200_000;

    private static final ObjectMapper MAPPER = mapper(factory(Long.MAX_VALUE));

    static {
        MAPPER.registerSubtypes(Problem.class.getPermittedSubclasses());
    }

    private static final ObjectReader ELEMENT_READER =
            MAPPER.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final ObjectReader TREE_READER = mapper(factory(TOKENS_MAX)).readerFor(JsonNode.class);

    private Json() {}

    private static ObjectMapper mapper(JsonFactory factory) {
        return JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .addMixIn(Problem.class, Named.class)
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule().addSerializer(Instant.class, new MillisecondInstants()))
                .build();
    }

    private static JsonFactory factory(long tokensMax) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .maxTokenCount(tokensMax)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** Writes a record, in UTF-8. One that holds what JSON cannot say is a mistake of ours, and throws. */
    public static byte[] write(Record record) {
        try {
            return MAPPER.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write " + record.getClass().getSimpleName(), e);
        }
    }

    /** Writes piece by piece, in UTF-8; for what is too large or too often written to be a record first. */
    public static JsonGenerator generator(OutputStream bytes) throws IOException {
        return MAPPER.createGenerator(bytes);
    }

    /** Problems are read as {@code Problem.class}: the bytes say which kind. */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + type.getSimpleName(), e);
        }
    }

    /** Reads what the contract has checked; a tree of another shape is a mistake of ours, and throws. */
    public static <T> T read(JsonNode tree, Class<T> type) {
        return MAPPER.convertValue(tree, type);
    }

    /**
     * Reads what a caller sent.
     *
     * @throws IOException where the bytes are not one JSON value in UTF-8, or name a key twice
     */
    public static JsonNode tree(byte[] json) throws IOException {
        requireUtf8(json);
        return TREE_READER.readTree(json);
    }

    /**
     * A value, and how long its text is.
     *
     * @param bytes without the space around it
     */
    public record Element(JsonNode value, long bytes) {}

    /**
     * Reads what a caller sent, one value after the other: the elements of an array, or one value that is no array.
     *
     * @throws IOException as {@link #tree} does
     */
    public static List<Element> elements(byte[] json) throws IOException {
        requireUtf8(json);
        try (JsonParser parser = MAPPER.createParser(json)) {
            List<Element> elements = new ArrayList<>();
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(element(parser));
                }
            } else if (parser.hasCurrentToken()) {
                elements.add(element(parser));
            }
            if ((elements.isEmpty() && !parser.hasCurrentToken()) || parser.nextToken() != null) {
                throw new IOException("There is not one JSON value");
            }
            return elements;
        }
    }

    /** The value that begins with the token just read. */
    private static Element element(JsonParser parser) throws IOException {
        long from = parser.currentTokenLocation().getByteOffset();
        JsonNode value = ELEMENT_READER.readTree(parser);
        return new Element(value, parser.currentLocation().getByteOffset() - from);
    }

    private static void requireUtf8(byte[] json) throws IOException {
        if (!Texts.areUtf8(json)) {
            throw new CharConversionException("The bytes are not UTF-8");
        }
    }
}
