package dev.sextant.analytics.sql;

import io.vertx.core.Future;

/**
 * Asks for what a statement yields. Stays on the node.
 *
 * @param hungUp completes when nobody waits any more
 */
record RunSql(AskSql asked, Future<Void> hungUp) {}
