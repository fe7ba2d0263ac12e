package dev.sextant.feature;

/** What a node is there for. One has one of them, or both. */
public enum Role {
    /** It answers callers. */
    SERVE,
    /** It does what nobody waits for: jobs, operations that others left behind, the evaluation of live queries. */
    BACKGROUND
}
