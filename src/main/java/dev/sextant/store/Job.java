package dev.sextant.store;

import java.time.Instant;

/**
 * Something to do once, later, on whatever node has time.
 *
 * @param name which kind of work, as given to {@link Jobs#onDue}
 * @param id which one of them; scheduling the same again moves it
 * @param data what the work needs to know; small
 */
public record Job(String name, String id, Instant at, String data) {}
