package dev.sextant.analytics.sql;

import dev.sextant.query.run.SqlService;
import io.vertx.core.buffer.Buffer;

/**
 * An answer as JSON, all but its last brace.
 *
 * @param json nobody changes it
 * @param table the same
 */
record SqlAnswer(Buffer json, SqlService.SqlTable table) {}
