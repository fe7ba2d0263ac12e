/**
 * What is remembered of answers.
 *
 * <p>The way through the room: {@code DataVersions} knows how far each dataset's data is; with it a query becomes a
 * {@code ResultKey}; {@code ResultCache} holds a {@code CachedResult} for a key, and lets one caller at a time compute
 * what is not there. Looking needs no waiting: it may be done on an event loop.
 */
package dev.sextant.query.cache;
