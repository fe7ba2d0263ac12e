package dev.sextant.kernel;

/** Which texts every store of ours can hold. Pure. */
public final class Texts {

    public static final String RULE = "A text holds no U+0000 and no half of a surrogate pair.";

    private Texts() {}

    /** Whether {@link #RULE} is kept. */
    public static boolean areStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
