package dev.sextant.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.FieldType;
import dev.sextant.query.model.ColumnInfo;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowEncoderTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static ColumnInfo column(String name, FieldType type) {
        return new ColumnInfo(name, type, ColumnInfo.Role.DIMENSION, null, null, null);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    private static String csv(@Nullable Object... values) {
        return new CsvEncoder(List.of()).rows(List.of(row(values))).toString();
    }

    @Test
    void writesNamesThenRowsAsCsv() {
        CsvEncoder csv = new CsvEncoder(List.of(column("a", FieldType.STRING), column("b,c", FieldType.LONG)));

        assertThat(csv.head().toString()).isEqualTo("a,\"b,c\"\r\n");
        assertThat(csv.rows(List.of(row("x", 1L), row(null, -2L))).toString()).isEqualTo("x,1\r\n,-2\r\n");
        assertThat(csv.tail().toString()).isEmpty();
    }

    @Test
    void tellsNullFromTheEmptyTextInCsv() {
        assertThat(csv(null, "", 1.5, true, NOON)).isEqualTo(",\"\",1.5,true,2026-03-01T12:00:00.000Z\r\n");
    }

    @Test
    void leavesNoLineOfCsvEmpty() {
        assertThat(csv((Object) null)).isEqualTo("\"\"\r\n");
    }

    @Test
    void quotesWhatWouldBreakALineOfCsv() {
        assertThat(csv("a,b", "say \"x\"", "two\nlines", "cr\rlf", "ż 🐢"))
                .isEqualTo("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\"cr\rlf\",ż 🐢\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"=1+1 | '=1+1", "+1 | '+1", "-1 | '-1", "@x | '@x", "a=1 | a=1"},
            quoteCharacter = '`')
    void disarmsTextsThatASpreadsheetWouldRun(String text, String cell) {
        assertThat(csv(text)).isEqualTo(cell + "\r\n");
    }

    @Test
    void disarmsTextsThatBeginWithALineBreak() {
        assertThat(csv("\n=1+1", "\r=1+1", "\t=1+1")).isEqualTo("\"'\n=1+1\",\"'\r=1+1\",'\t=1+1\r\n");
    }

    @Test
    void writesAnObjectALineAndTheMetaLast() {
        NdjsonEncoder ndjson = new NdjsonEncoder(
                List.of(
                        column("who", FieldType.STRING),
                        column("tree", FieldType.JSON),
                        column("n", FieldType.LONG),
                        column("sum", FieldType.DECIMAL),
                        column("at", FieldType.TIMESTAMP)),
                new StreamMeta("qry_1", "dv_7", null, 2, true, NOON, 0.25, 1));

        String lines = ndjson.head()
                .appendBuffer(ndjson.rows(List.of(
                        row("a\n\"b\"", "{\"k\":[1]}", 1L, BigInteger.TEN, NOON),
                        row(null, null, 9_007_199_254_740_992L, BigInteger.TWO.pow(70), null))))
                .appendBuffer(ndjson.tail())
                .toString();

        assertThat(lines.split("\n", -1)).containsExactly("""
                {"who":"a\\n\\"b\\"","tree":{"k":[1]},"n":1,"sum":10,"at":"2026-03-01T12:00:00.000Z"}""", """
                {"who":null,"tree":null,"n":"9007199254740992","sum":"1180591620717411303424","at":null}""", """
                {"meta":{"query_id":"qry_1","data_version":"dv_7","time_range":null,"rows":2,"exact":true,\
                "watermark":"2026-03-01T12:00:00.000Z","queue_ms":0.25}}""", "");
    }
}
