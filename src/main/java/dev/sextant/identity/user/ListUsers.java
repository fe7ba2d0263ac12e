package dev.sextant.identity.user;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the tenant's users, the oldest first.
 *
 * @param after the id of the last user of the page before; null for the first page
 * @param email to find the one with this address; null for all
 */
record ListUsers(int limit, @Nullable String after, @Nullable String email) {}
