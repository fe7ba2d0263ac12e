package dev.sextant.analytics.olap;

import io.vertx.core.Future;

/**
 * Asks for metrics. Stays on the node.
 *
 * @param hungUp completes when nobody waits any more
 */
record RunMetrics(AskMetrics asked, Future<Void> hungUp) {}
