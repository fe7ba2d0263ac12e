package dev.sextant.engine;

/**
 * What a field holds. In memory: {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code Instant} (whole
 * microseconds), and for {@code JSON} its text as a {@code String}. A {@code DECIMAL} is an exact sum, as a
 * {@code BigInteger}; no field is declared so.
 */
public enum FieldType {
    STRING,
    LONG,
    DOUBLE,
    BOOLEAN,
    TIMESTAMP,
    JSON,
    DECIMAL
}
