package dev.sextant.launch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How single values are written in a configuration file: enums in lower case, durations as {@code 250ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d}. */
final class ConfigScalars extends SimpleModule {

    private static final long serialVersionUID = 1L;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    ConfigScalars() {
        addSerializer(Duration.class, new DurationWriter());
        addDeserializer(Duration.class, new DurationReader());
        addSerializer(new EnumWriter());
        addSerializer(Secret.class, new SecretWriter());
        addDeserializer(Secret.class, new SecretReader());
    }

    private static final class DurationWriter extends StdScalarSerializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(written(value));
        }

        private static String written(Duration value) {
            long millis = value.toMillis();
            if (millis % 86_400_000 == 0 && millis > 0) {
                return millis / 86_400_000 + "d";
            }
            if (millis % 3_600_000 == 0 && millis > 0) {
                return millis / 3_600_000 + "h";
            }
            if (millis % 60_000 == 0 && millis > 0) {
                return millis / 60_000 + "m";
            }
            return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
        }
    }

    private static final class DurationReader extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser json, DeserializationContext context) throws IOException {
            Matcher parts = DURATION.matcher(json.getText());
            if (!parts.matches()) {
                return (Duration) context.handleWeirdStringValue(Duration.class, json.getText(), "write it as 10s");
            }
            long amount = Long.parseLong(parts.group(1));
            return switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
    }

    private static final class EnumWriter extends StdScalarSerializer<Enum<?>> {
        private static final long serialVersionUID = 1L;

        EnumWriter() {
            super(Enum.class, false);
        }

        @Override
        public void serialize(Enum<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }

    private static final class SecretWriter extends StdScalarSerializer<Secret> {
        private static final long serialVersionUID = 1L;

        SecretWriter() {
            super(Secret.class);
        }

        @Override
        public void serialize(Secret value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.value());
        }
    }

    private static final class SecretReader extends StdScalarDeserializer<Secret> {
        private static final long serialVersionUID = 1L;

        SecretReader() {
            super(Secret.class);
        }

        @Override
        public Secret deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return new Secret(json.getText());
        }
    }
}
