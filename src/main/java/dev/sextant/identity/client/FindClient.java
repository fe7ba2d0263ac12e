package dev.sextant.identity.client;

/** Asks for a client of whatever tenant by its id; fails with {@code NotFound} where there is none, or its tenant rests. */
public record FindClient(String id) {}
