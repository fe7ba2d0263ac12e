package dev.sextant.engine;

/**
 * Stands in a statement's parameters for a value that nobody but the engine knows when it runs. Every scan of a datasource
 * that is shared has all three.
 */
public enum Bound {
    /** Who asks, as text. */
    TENANT,

    /** The plan's dataset, as text. */
    DATASET,

    /** The data version of the snapshot that is read, a {@code LONG}: rows of later ones are not looked at. */
    VERSION
}
