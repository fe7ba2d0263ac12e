package dev.sextant.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code Forwarded} headers: of each proxy that a request came through, whom it got it from. Pure. Source: RFC 7239. */
final class Forwarded {

    private static final String OTHER_TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~";

    /** More than RFC 9110 allows: many write addresses with ports without quotes. */
    private static final String VALUE_CHARACTERS = OTHER_TOKEN_CHARACTERS + ":[]";

    private final String line;
    private final List<Optional<String>> senders = new ArrayList<>();
    private int at;

    private Forwarded(String line) {
        this.line = line;
    }

    /**
     * The {@code for} of each element, the nearest proxy's last; empty where an element has none.
     *
     * @param lines the headers of this name, as they came
     * @throws IllegalArgumentException where they are not what the RFC says
     */
    static List<Optional<String>> senders(List<String> lines) {
        List<Optional<String>> all = new ArrayList<>();
        for (String line : lines) {
            Forwarded reader = new Forwarded(line);
            reader.readElements();
            all.addAll(reader.senders);
        }
        return all;
    }

    private void readElements() {
        do {
            skipBlanks();
            boolean isEmpty = at == line.length() || line.charAt(at) == ',';
            if (!isEmpty) {
                senders.add(Optional.ofNullable(readElement()));
            }
        } while (take(','));
        require(at == line.length());
    }

    private @Nullable String readElement() {
        String sender = null;
        do {
            skipBlanks();
            String name = readWhile(OTHER_TOKEN_CHARACTERS);
            require(!name.isEmpty() && take('='));
            String value = at < line.length() && line.charAt(at) == '"' ? readQuoted() : readWhile(VALUE_CHARACTERS);
            require(!value.isEmpty());
            if (name.equalsIgnoreCase("for")) {
                require(sender == null);
                sender = value;
            }
            skipBlanks();
        } while (take(';'));
        return sender;
    }

    private String readWhile(String others) {
        int begin = at;
        while (at < line.length() && (isLetterOrDigit(line.charAt(at)) || others.indexOf(line.charAt(at)) >= 0)) {
            at++;
        }
        return line.substring(begin, at);
    }

    private String readQuoted() {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < line.length() && line.charAt(at) != '"') {
            if (line.charAt(at) == '\\') {
                at++;
                require(at < line.length());
            }
            text.append(line.charAt(at++));
        }
        require(take('"'));
        return text.toString();
    }

    private void skipBlanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean take(char wanted) {
        boolean isThere = at < line.length() && line.charAt(at) == wanted;
        if (isThere) {
            at++;
        }
        return isThere;
    }

    private static boolean isLetterOrDigit(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("This is no Forwarded header");
        }
    }
}
