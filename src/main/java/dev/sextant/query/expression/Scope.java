package dev.sextant.query.expression;

import org.jspecify.annotations.Nullable;

/** What an expression may name. */
public interface Scope {

    /** Null where there is nothing of the name. */
    Expression.@Nullable Subject find(String name);

    /** Why there is nothing of the name, and what may have been meant. */
    String unknown(String name);
}
