package dev.sextant.identity.user;

/** Asks for a user of the origin's tenant; fails with {@code NotFound} where there is none. */
public record GetUser(String id) {}
