package dev.sextant.query.stream;

import dev.sextant.query.cache.JsonValues;
import dev.sextant.query.model.ColumnInfo;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV (RFC 4180) with a line of names first. Nothing at all is null, {@code ""} is the empty text.
 *
 * <p>A text that a spreadsheet would take for a formula gets an apostrophe before it: the values come from anybody who
 * sends events, and are opened by those who trust us. Source: OWASP ASVS 5.0, 1.2.10. Numbers stay as they are.
 */
record CsvEncoder(List<ColumnInfo> columns) implements RowEncoder {

    private static final String LINE_END = "\r\n";
    private static final String FORMULA_STARTS = "=+-@\t\r\n\0";

    @Override
    public Buffer head() {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            line.append(i == 0 ? "" : ",");
            appendText(line, columns.get(i).name());
        }
        return Buffer.buffer(line.append(LINE_END).toString());
    }

    @Override
    public Buffer rows(List<List<@Nullable Object>> rows) {
        StringBuilder lines = new StringBuilder(rows.size() * columns.size() * 12);
        for (List<@Nullable Object> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                lines.append(i == 0 ? "" : ",");
                append(lines, row.get(i), row.size() == 1);
            }
            lines.append(LINE_END);
        }
        return Buffer.buffer(lines.toString());
    }

    /** @param isAlone whether it is all of its line, which may not be empty: many readers pass over such a line */
    private static void append(StringBuilder lines, @Nullable Object value, boolean isAlone) {
        switch (value) {
            case null -> lines.append(isAlone ? "\"\"" : "");
            case String text -> appendText(lines, text);
            case Instant instant -> lines.append(JsonValues.text(instant));
            default -> lines.append(value);
        }
    }

    private static void appendText(StringBuilder lines, String text) {
        boolean isFormula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        boolean isQuoted = text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        String told = isFormula ? "'" + text : text;
        if (isQuoted) {
            lines.append('"').append(told.replace("\"", "\"\"")).append('"');
        } else {
            lines.append(told);
        }
    }

    @Override
    public Buffer tail() {
        return Buffer.buffer();
    }
}
