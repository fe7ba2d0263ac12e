package dev.sextant.tenants;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of tenants, the oldest first.
 *
 * @param after the id of the last tenant of the page before; null for the first page
 * @param name the one with this name alone; null for all
 */
public record ListTenants(
        int limit, @Nullable String after, @Nullable String name) {}
