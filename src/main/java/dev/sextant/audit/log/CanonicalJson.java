package dev.sextant.audit.log;

/**
 * One flat JSON object in its canonical form: the caller adds the members in the order of their names. Source: RFC 8785,
 * sections 3.2.2.2 (texts) and 3.2.3 (order); numbers are whole and below 2^53.
 */
final class CanonicalJson {

    private static final String ESCAPED = "\b\t\n\f\r\"\\";
    private static final String ESCAPES = "btnfr\"\\";

    private final StringBuilder json = new StringBuilder(512).append('{');

    CanonicalJson text(String name, String value) {
        name(name).append('"');
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            if (isEscaped(value.charAt(i))) {
                json.append(value, written, i);
                escape(value.charAt(i));
                written = i + 1;
            }
        }
        json.append(value, written, value.length()).append('"');
        return this;
    }

    CanonicalJson number(String name, long value) {
        name(name).append(value);
        return this;
    }

    String end() {
        return json.append('}').toString();
    }

    private StringBuilder name(String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        return json.append('"').append(name).append("\":");
    }

    private static boolean isEscaped(char character) {
        return character < ' ' || character == '"' || character == '\\';
    }

    private void escape(char character) {
        int escaped = ESCAPED.indexOf(character);
        if (escaped >= 0) {
            json.append('\\').append(ESCAPES.charAt(escaped));
        } else {
            json.append("\\u00").append(character < 16 ? "0" : "").append(Integer.toHexString(character));
        }
    }
}
