package dev.sextant.engine.druid;

import dev.sextant.engine.Bound;
import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement for one snapshot: it names the datasource, and each scan is of one tenant's dataset, of its versions up to
 * the snapshot's, without what was deleted.
 *
 * <p>What was deleted is kept out where a scan asks for its version: {@code "__version" <= ?} becomes that and more.
 */
record BoundSql(String sql, List<@Nullable Object> values) {

    private static final String EVENTS = "\"" + PooledColumns.EVENTS + "\"";
    private static final String VERSION = "\"" + Table.VERSION + "\"";
    private static final String AT_VERSION = VERSION + " <= ?";

    /** @throws IllegalArgumentException where a scan asks for its version in another way */
    static BoundSql of(String sql, List<@Nullable Object> parameters, Snapshot snapshot) {
        StringBuilder text = new StringBuilder(sql.length() + 64);
        List<@Nullable Object> values = new ArrayList<>(parameters.size() + 8);
        Iterator<@Nullable Object> next = parameters.iterator();
        int from = 0;
        for (int mark = mark(sql, 0); mark >= 0; mark = mark(sql, from)) {
            text.append(sql, from, mark + 1);
            from = mark + 1;
            switch (next.next()) {
                case Bound bound -> bind(bound, snapshot, text, values);
                case null -> values.add(null);
                case Object value -> values.add(value);
            }
        }
        text.append(sql, from, sql.length());
        return new BoundSql(text.toString().replace(EVENTS, quote(snapshot.datasource())), values);
    }

    private static void bind(Bound bound, Snapshot snapshot, StringBuilder text, List<@Nullable Object> values) {
        switch (bound) {
            case TENANT -> values.add(snapshot.place().tenant().value());
            case DATASET -> values.add(snapshot.place().dataset());
            case VERSION -> {
                values.add(snapshot.version());
                int begin = beginOfVersion(text);
                String column = text.substring(begin, text.length() - " <= ?".length());
                text.insert(begin, '(');
                snapshot.restrict(text, column, values);
                text.append(')');
            }
        }
    }

    /** Where the column stands that the version is compared with, and the table's name before it, if there is one. */
    private static int beginOfVersion(StringBuilder text) {
        int begin = text.length() - AT_VERSION.length();
        if (begin < 0 || !AT_VERSION.equals(text.substring(begin))) {
            throw new IllegalArgumentException("A scan does not ask for its version as " + AT_VERSION);
        }
        if (begin >= 2 && text.substring(begin - 2, begin).equals("\".")) {
            return text.lastIndexOf("\"", begin - 3);
        }
        return begin;
    }

    /** The next {@code ?} that is no part of a text or a name; -1 where there is none. */
    private static int mark(String sql, int from) {
        char quote = 0;
        for (int i = from; i < sql.length(); i++) {
            char at = sql.charAt(i);
            if (quote != 0) {
                quote = at == quote ? 0 : quote;
            } else if (at == '\'' || at == '"') {
                quote = at;
            } else if (at == '?') {
                return i;
            }
        }
        return -1;
    }

    static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
