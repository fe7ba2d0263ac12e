package dev.sextant.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads {@code application/x-www-form-urlencoded} as a JSON object of texts, so that the contract can check it. Pure. */
final class FormReader {

    static final String TYPE = "application/x-www-form-urlencoded";

    /** Forms are small: larger bodies come as JSON. */
    static final int BYTES_MAX = 16 * 1024;

    private FormReader() {}

    /** @throws ProblemException {@code Malformed} where it is not well encoded, or gives a field twice */
    static JsonNode tree(Buffer form) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (String pair : form.toString(StandardCharsets.ISO_8859_1).split("&", -1)) {
            if (!pair.isEmpty()) {
                int sign = pair.indexOf('=');
                String name = decoded(sign < 0 ? pair : pair.substring(0, sign));
                String value = sign < 0 ? "" : decoded(pair.substring(sign + 1));
                if (fields.has(name)) {
                    throw malformed("A field of a form may be given once.");
                }
                fields.put(name, value);
            }
        }
        return fields;
    }

    /** {@code URLDecoder} alone would take bytes that are no UTF-8 for question marks. */
    private static String decoded(String text) {
        try {
            byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException _) {
            throw malformed("The form is not well encoded.");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(new Problem.Malformed(detail));
    }
}
