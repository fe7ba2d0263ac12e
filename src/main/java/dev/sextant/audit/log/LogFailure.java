package dev.sextant.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * One place of a log that is not as it was.
 *
 * @param leafIndex the record that was changed, or the last one below the subtree that was; null for the log's own state
 * @param part {@code record}, {@code personal}, {@code node}, {@code tree_head} or {@code state}
 */
record LogFailure(@Nullable Long leafIndex, String part, String detail) {}
