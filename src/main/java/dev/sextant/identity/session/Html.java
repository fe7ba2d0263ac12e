package dev.sextant.identity.session;

/** Writes texts into HTML. Pure. */
final class Html {

    private Html() {}

    /** A text, between tags or within a quoted attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
