package dev.sextant.query.log;

/** A shape, and what the queries that have it came to. */
public record LoggedShape(QueryShape shape, Counts counts) {}
