package dev.sextant.identity.client;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the tenant's clients, the oldest first.
 *
 * @param after the id of the last client of the page before; null for the first page
 */
record ListClients(int limit, @Nullable String after) {}
