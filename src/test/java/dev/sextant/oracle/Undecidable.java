package dev.sextant.oracle;

/** The right answer hangs on the last digits of doubles, so that there is more than one. */
public final class Undecidable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Undecidable() {
        super("Hangs on rounding", null, false, false);
    }
}
