package dev.sextant.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code application/x-www-form-urlencoded}: bodies, as JSON that the contract can check, and queries. Pure. */
final class FormReader {

    static final String TYPE = "application/x-www-form-urlencoded";

    /** Forms are small: larger bodies come as JSON. */
    static final int BYTES_MAX = 16 * 1024;

    private FormReader() {}

    /**
     * A form as an object of texts.
     *
     * @throws ProblemException {@code Malformed} where it is not well encoded, or gives a field twice
     */
    static JsonNode tree(Buffer form) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        fields(form.toString(StandardCharsets.ISO_8859_1)).forEach((name, values) -> {
            if (values.size() > 1) {
                throw malformed("A field of a form may be given once.");
            }
            tree.put(name, values.getFirst());
        });
        return tree;
    }

    /** Each field with its values, in their order. @throws ProblemException as {@link #tree} does */
    static Map<String, List<String>> fields(String form) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            if (!pair.isEmpty()) {
                int sign = pair.indexOf('=');
                String name = decoded(sign < 0 ? pair : pair.substring(0, sign));
                String value = sign < 0 ? "" : decoded(pair.substring(sign + 1));
                fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return PercentCode.decodedForm(text);
        } catch (IllegalArgumentException _) {
            throw malformed("The form or query is not well encoded: it must be UTF-8, percent-encoded.");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(new Problem.Malformed(detail));
    }
}
