package dev.sextant.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.DatasetState;
import dev.sextant.engine.FieldType;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.ColumnInfo.Role;
import dev.sextant.query.model.ErrorBound;
import dev.sextant.query.model.TimeRange;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultWriterTest {

    private static final long SAFE = 9_007_199_254_740_991L;
    private static final DatasetState STATE = new DatasetState(412, 8, null, null);

    private static ColumnInfo column(String name, FieldType type, Role role) {
        return new ColumnInfo(name, type, role, null, null, null);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static ResultTable table(List<ColumnInfo> columns, List<List<@Nullable Object>> rows) {
        return new ResultTable(STATE, null, null, columns, rows, null, null, null, true, null);
    }

    private static String written(ResultTable table) {
        return ResultWriter.write(table, "scan", List.of()).toString();
    }

    @Test
    void writesValuesOfEachTypeAndNull() {
        ResultTable table = table(
                List.of(
                        column("s", FieldType.STRING, Role.DIMENSION),
                        column("l", FieldType.LONG, Role.DIMENSION),
                        column("d", FieldType.DOUBLE, Role.DIMENSION),
                        column("b", FieldType.BOOLEAN, Role.DIMENSION),
                        column("t", FieldType.TIMESTAMP, Role.DIMENSION),
                        column("j", FieldType.JSON, Role.DIMENSION)),
                List.of(
                        row("a\"\u0001ä", -1L, 0.1, true, Instant.parse("2026-01-01T00:00:00Z"), "{\"a\":[1]}"),
                        row("", 0L, 1e300, false, Instant.parse("2026-01-01T00:00:00.000001Z"), "null"),
                        row(null, null, null, null, null, null)));

        assertThat(written(table)).contains("""
                "rows":[["a\\"\\u0001ä",-1,0.1,true,"2026-01-01T00:00:00.000Z",{"a":[1]}],\
                ["",0,1.0E300,false,"2026-01-01T00:00:00.000001Z",null],[null,null,null,null,null,null]]""");
    }

    @Test
    void aColumnIsDecimalWhereOneOfItsNumbersIsTooLargeForADouble() {
        List<ColumnInfo> columns = List.of(
                column("small", FieldType.DECIMAL, Role.MEASURE), column("large", FieldType.DECIMAL, Role.MEASURE));

        String json = written(table(
                columns,
                List.of(row(BigInteger.valueOf(SAFE), 1L), row(BigInteger.valueOf(-SAFE), BigInteger.TWO.pow(70)))));

        assertThat(json).contains("""
                "columns":[{"name":"small","type":"long","role":"measure"},{"name":"large","type":"decimal","role":"measure"}]""");
        assertThat(json).contains("\"rows\":[[9007199254740991,\"1\"],[-9007199254740991,\"1180591620717411303424\"]]");
        assertThat(written(table(columns, List.of(row(SAFE + 1, null))))).contains("[[\"9007199254740992\",null]]");
    }

    @Test
    void tellsTotalsRangeAndCursor() {
        ResultTable table = new ResultTable(
                STATE,
                new TimeRange.Between(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z")),
                null,
                List.of(column("k", FieldType.STRING, Role.DIMENSION), column("n", FieldType.LONG, Role.MEASURE)),
                List.of(row("a", 1L)),
                null,
                row(7L),
                "abc",
                false,
                null);

        assertThat(written(table)).startsWith("""
                {"data_version":"dv_412","time_range":{"from":"2026-01-01T00:00:00.000Z","to":"2026-01-02T00:00:00.000Z"},\
                "columns":[{"name":"k","type":"string","role":"dimension"},{"name":"n","type":"long","role":"measure"}],\
                "rows":[["a",1]],"totals":{"n":7},"has_more":true,"next_cursor":"abc","exact":false,"error_bound":null,"plan":"scan","digest":""");
    }

    @Test
    void saysHowFarOffItMayBe() {
        ErrorBound users = new ErrorBound("users", ErrorBound.Kind.RELATIVE_STANDARD_ERROR, 0.0325);
        ErrorBound p95 = new ErrorBound("p95", ErrorBound.Kind.RANK, 0.01);

        String json = ResultWriter.write(table(List.of(), List.of()), "scan+sketch", List.of(users, p95))
                .toString();

        assertThat(json).contains("""
                "error_bound":[{"column":"users","kind":"relative_standard_error","value":0.0325},\
                {"column":"p95","kind":"rank","value":0.01}],"plan":"scan+sketch\"""");
        assertThat(written(table(List.of(), List.of()))).contains("\"error_bound\":null,\"plan\":\"scan\"");
    }

    @Test
    void theDigestIsOfAllThatStandsBeforeIt() throws NoSuchAlgorithmException {
        String json = written(table(List.of(), List.of()));

        int end = json.indexOf(",\"digest\"");
        byte[] before = (json.substring(0, end) + "}").getBytes(StandardCharsets.UTF_8);
        String digest = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(before));
        assertThat(json.substring(end)).isEqualTo(",\"digest\":\"sha-256=:" + digest + ":\"");
    }
}
