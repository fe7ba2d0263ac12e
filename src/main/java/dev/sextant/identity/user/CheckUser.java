package dev.sextant.identity.user;

import java.time.Instant;

/**
 * Asks for a user of the origin's tenant whose browser session began then; fails with {@code Unauthenticated} where that
 * session is over.
 */
public record CheckUser(String id, Instant signedInAt) {}
