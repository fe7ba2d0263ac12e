/**
 * What is remembered of answers.
 *
 * <p>The way through the room: {@code DataVersions} knows how far each dataset's data is; {@code Covered} says of what
 * version it is in a range. With that a query becomes a {@code ResultKey}; {@code ResultCache} holds a {@code CachedResult}
 * for a key, {@code SharedResults} those of all nodes, {@code PieceCache} the pieces of answers, {@code SqlCache} answers to statements of SQL, {@code WholeAnswers} those from which others follow. Tenants share the
 * memory by {@code TenantShares}. {@code Flights} lets one caller at a time compute what is not there. Looking needs no
 * waiting: it may be done on an event loop.
 */
package dev.sextant.query.cache;
