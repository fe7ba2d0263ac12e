package dev.sextant.http;

/** The field by which a caller shows a credential. Pure. */
public final class Authorization {

    private Authorization() {}

    /**
     * The same with one space between scheme and credential, so that one credential has one text; the usual one is given back
     * as it came. Source: RFC 9110, section 11.4, which allows for more.
     */
    public static String of(String field) {
        int space = field.indexOf(' ');
        int rest = space + 1;
        while (rest > 0 && rest < field.length() && field.charAt(rest) == ' ') {
            rest++;
        }
        return rest == space + 1 ? field : field.substring(0, space + 1) + field.substring(rest);
    }
}
