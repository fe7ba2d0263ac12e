package dev.sextant.launch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads a tree of configuration records: its defaults, then the file, then {@code SEXTANT_…} of the environment, then
 * the flags. All mistakes are told at once, each by its key.
 */
final class ConfigReader {

    static final String ENVIRONMENT_PREFIX = "SEXTANT_";

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .addModule(new ConfigScalars())
            .build();

    private final ObjectNode defaults;
    private final ObjectNode tree;
    private final List<String> mistakes = new ArrayList<>();

    /** Starts from {@code defaults}, a record of records. */
    ConfigReader(Record defaults) {
        this.defaults = MAPPER.valueToTree(defaults);
        this.tree = this.defaults.deepCopy();
    }

    /** Every key with its value, as YAML. */
    static JsonNode write(Record config) {
        return MAPPER.valueToTree(config);
    }

    ConfigReader file(Path file) {
        try {
            JsonNode read = MAPPER.readTree(file.toFile());
            if (read.isObject()) {
                merge("", tree, (ObjectNode) read);
            } else if (!read.isMissingNode() && !read.isNull()) {
                mistakes.add(file + ": must be a YAML mapping");
            }
        } catch (JsonProcessingException e) {
            mistakes.add("%s: is not YAML (line %d)"
                    .formatted(
                            file, e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
        } catch (IOException _) {
            mistakes.add(file + ": cannot be read");
        }
        return this;
    }

    /** Takes the variables that begin with {@code SEXTANT_}: {@code SEXTANT_EDGE_PORT} is {@code edge.port}. */
    ConfigReader environment(Map<String, String> variables) {
        Map<String, String> variableToKey =
                leaves("", tree).stream().collect(Collectors.toMap(ConfigReader::variable, key -> key));
        variables.forEach((variable, value) -> {
            if (variable.startsWith(ENVIRONMENT_PREFIX)) {
                String key = variableToKey.get(variable);
                if (key == null) {
                    mistakes.add(variable + ": names no setting");
                } else {
                    set(key, value);
                }
            }
        });
        return this;
    }

    /** Sets one value, by its dotted key. */
    ConfigReader set(String key, String value) {
        int dot = key.lastIndexOf('.');
        String parent = dot < 0 ? "" : "/" + key.substring(0, dot).replace('.', '/');
        ((ObjectNode) tree.at(parent)).set(key.substring(dot + 1), TextNode.valueOf(value));
        return this;
    }

    /** The tree as {@code type}. @throws ConfigException with every mistake there is */
    <T extends Record> T read(Class<T> type) {
        Map<String, JsonNode> good = new LinkedHashMap<>();
        for (RecordComponent section : type.getRecordComponents()) {
            check(section.getName(), section.getType(), good);
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
        return MAPPER.convertValue(good, type);
    }

    /**
     * A value of a wrong type gives way to its default, so that the next one is found too. A rule is told where all types
     * are right: else it may be about a default.
     */
    private void check(String name, Class<?> type, Map<String, JsonNode> good) {
        JsonNode section = tree.get(name).deepCopy();
        int before = mistakes.size();
        boolean goesOn = true;
        while (goesOn) {
            try {
                MAPPER.treeToValue(section, type);
                good.put(name, section);
                goesOn = false;
            } catch (JsonMappingException e) {
                goesOn = mend(section, name, e, mistakes.size() == before);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A tree of ours is not readable", e);
            }
        }
    }

    /** Tells the mistake; whether it is mended, so that others can be found. */
    private boolean mend(JsonNode section, String name, JsonMappingException e, boolean isFirst) {
        if (e.getCause() instanceof IllegalArgumentException rule) {
            if (isFirst) {
                mistakes.add(String.valueOf(rule.getMessage()));
            }
            return false;
        }
        List<String> path = e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .toList();
        mistakes.add("%s.%s: is not of the right type".formatted(name, String.join(".", path)));
        String parent =
                path.stream().limit(path.size() - 1).map(step -> "/" + step).collect(Collectors.joining());
        JsonNode byDefault = defaults.get(name).at(parent).get(path.getLast());
        return !byDefault.equals(((ObjectNode) section.at(parent)).replace(path.getLast(), byDefault));
    }

    private void merge(String prefix, ObjectNode into, ObjectNode from) {
        from.properties().forEach(entry -> {
            String key = prefix + entry.getKey();
            JsonNode known = into.get(entry.getKey());
            if (known == null) {
                mistakes.add(key + ": unknown key");
            } else if (known.isObject() && entry.getValue().isObject()) {
                merge(key + ".", (ObjectNode) known, (ObjectNode) entry.getValue());
            } else if (known.isObject()) {
                mistakes.add(key + ": must be a mapping");
            } else if (entry.getValue().isNull()) {
                mistakes.add(key + ": must have a value");
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private static List<String> leaves(String prefix, JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.properties().forEach(entry -> {
            String key = prefix + entry.getKey();
            if (entry.getValue().isObject()) {
                keys.addAll(leaves(key + ".", entry.getValue()));
            } else {
                keys.add(key);
            }
        });
        return keys;
    }

    private static String variable(String key) {
        return ENVIRONMENT_PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
