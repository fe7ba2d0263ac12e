package dev.sextant.kernel;

/** A text that must not be read over somebody's shoulder: it prints as {@code ***}. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
