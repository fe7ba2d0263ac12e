package dev.sextant.analytics.olap;

import io.vertx.core.Future;

/**
 * Asks which values a field has. Stays on the node.
 *
 * @param hungUp completes when nobody waits any more
 */
record RunValues(AskValues asked, Future<Void> hungUp) {}
