package dev.sextant.engine.duckdb;

import java.util.regex.Pattern;

/**
 * The last guard before the engine: a plan's statement is one {@code SELECT}, and nothing follows it. The driver runs
 * whatever stands before the last {@code ;}, so that a second statement could leave the read-only transaction.
 *
 * <p>It is strict where the query compiler never goes: comments, dollar quotes and prefixed literals are refused, because
 * what stands in them cannot be told by looking for quotes alone.
 */
final class SingleSelect {

    private static final Pattern START = Pattern.compile("(?i)[\\s(]*(select|with)\\b");
    /** Names and strings in their quotes, with doubled quotes inside; possessive, so that no length blows the stack. */
    private static final Pattern QUOTED = Pattern.compile("'[^']*+'|\"[^\"]*+\"");

    private static final String MARK = "\u0001";

    private static final Pattern FORBIDDEN = Pattern.compile(";|--|/\\*|\\$|['\"]|(?i)(?<!\\w)(e|x|u&)" + MARK);

    private SingleSelect() {}

    static String check(String sql) {
        if (!START.matcher(sql).lookingAt()) {
            throw new IllegalArgumentException("A plan's statement must be a SELECT");
        }
        if (FORBIDDEN.matcher(withoutQuoted(sql)).find()) {
            throw new IllegalArgumentException("A plan's statement must be a single SELECT, without comments");
        }
        return sql;
    }

    private static String withoutQuoted(String sql) {
        return QUOTED.matcher(sql).replaceAll(MARK);
    }
}
