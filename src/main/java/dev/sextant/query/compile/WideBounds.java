package dev.sextant.query.compile;

import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons in Druid's words with whole numbers, and instants, that no double is equal to. Druid's indexes of columns make a double
 * of such a bound, and find its neighbours, too; they are asked where the bound is a constant. So here it is none.
 */
final class WideBounds {

    /** The greatest whole number up to which a double is each of them: 2^53. */
    private static final long DOUBLE_MAX = 1L << 53;

    private static final long SECONDS_MAX = DOUBLE_MAX / 1_000_000;

    /** Texts and names, these with what they are compared with, and values. */
    private static final Pattern TOKEN =
            Pattern.compile("'[^']*'|(\"[^\"]*\"(?:\\.\"[^\"]*\")?)(?: (?:<=|>=|<|>) (\\?))?|\\?");

    private WideBounds() {}

    /** @param values of each {@code ?} in its order */
    static String in(String sql, List<@Nullable Object> values) {
        return values.stream().anyMatch(WideBounds::isWide) ? written(sql, values) : sql;
    }

    private static boolean isWide(@Nullable Object value) {
        return switch (value) {
            case Long number -> number > DOUBLE_MAX || number < -DOUBLE_MAX;
            case Instant instant -> Math.abs(instant.getEpochSecond()) >= SECONDS_MAX;
            case null, default -> false;
        };
    }

    private static String written(String sql, List<@Nullable Object> values) {
        StringBuilder text = new StringBuilder(sql.length() + 64);
        Matcher token = TOKEN.matcher(sql);
        int from = 0;
        int place = 0;
        while (token.find()) {
            boolean isCompared = token.group(2) != null;
            if (isCompared && isWide(values.get(place))) {
                text.append(sql, from, token.start(2))
                        .append("(? + 0 * ")
                        .append(token.group(1))
                        .append(')');
                from = token.end();
            }
            if (isCompared || token.group().equals("?")) {
                place++;
            }
        }
        return text.append(sql, from, sql.length()).toString();
    }
}
