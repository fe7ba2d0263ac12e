package dev.sextant.engine.duckdb;

/** By which threads work is done. */
enum Lane {
    /** For tenants within their share of the machine. */
    FRONT,
    /** For those above it: what is done here runs where the others leave a core idle. */
    BACK
}
