package dev.sextant.analytics.sql;

import io.vertx.core.buffer.Buffer;

/**
 * An answer as JSON, all but its last brace.
 *
 * @param json nobody changes it
 */
record SqlAnswer(Buffer json) {}
