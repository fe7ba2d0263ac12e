package dev.sextant.query.expression;

/**
 * A piece of the text.
 *
 * @param text a name or number as it stands, a sign, or what stands between quotes
 * @param position of its first character, from 0
 */
record Token(Kind kind, String text, int position) {

    enum Kind {
        NAME,
        /** A name in double quotes: never a keyword. */
        QUOTED_NAME,
        NUMBER,
        STRING,
        SIGN,
        END
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.NAME && text.equalsIgnoreCase(word);
    }

    /** As it is named to the author. */
    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
