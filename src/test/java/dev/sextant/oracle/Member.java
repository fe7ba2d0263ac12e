package dev.sextant.oracle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event in its group.
 *
 * @param isCurrent false where it belongs to the period that is compared with
 */
record Member(Event event, List<@Nullable Object> key, boolean isCurrent) {}
