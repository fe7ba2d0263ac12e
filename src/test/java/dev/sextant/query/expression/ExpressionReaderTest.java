package dev.sextant.query.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sextant.engine.FieldType;
import dev.sextant.query.expression.Expression.Subject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionReaderTest {

    private static final Map<String, FieldType> FIELDS = Map.of(
            "added", FieldType.LONG,
            "deleted", FieldType.LONG,
            "price", FieldType.DOUBLE,
            "name", FieldType.STRING,
            "isRobot", FieldType.BOOLEAN,
            "time", FieldType.TIMESTAMP,
            "end", FieldType.LONG);

    private static final Scope SCOPE = new Scope() {
        @Override
        public @Nullable Subject find(String name) {
            FieldType type = name.startsWith("properties.") || name.startsWith("properties[")
                    ? FieldType.STRING
                    : FIELDS.get(name);
            return type == null ? null : new Subject(name, type);
        }

        @Override
        public String unknown(String name) {
            return Spelling.unknown("Field", name, FIELDS.keySet());
        }
    };

    private static String written(String text) {
        return ExpressionReader.read(text, SCOPE).text();
    }

    private static String refused(String text) {
        ExpressionRefusal refusal =
                catchThrowableOfType(ExpressionRefusal.class, () -> ExpressionReader.read(text, SCOPE));
        return refusal == null ? "nothing was refused" : refusal.reason() + ": " + refusal.getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            added-deleted ~ added - deleted ~ LONG
            added - (deleted - 1) ~ added - (deleted - 1) ~ LONG
            (added - deleted) - 1 ~ added - deleted - 1 ~ LONG
            added * (deleted + 2) / 3 ~ added * (deleted + 2) / 3 ~ DOUBLE
            added + price ~ added + price ~ DOUBLE
            - - 5 ~ 5 ~ LONG
            -(added) ~ - added ~ LONG
            -9223372036854775808 ~ -9223372036854775808 ~ LONG
            1.50 ~ 1.5 ~ DOUBLE
            .5e3 ~ 500.0 ~ DOUBLE
            'it''s' ~ 'it''s' ~ STRING
            name || '!' || name ~ CONCAT(CONCAT(name, '!'), name) ~ STRING
            case when added>100 then 'big' else 'small' end ~ CASE WHEN added > 100 THEN 'big' ELSE 'small' END ~ STRING
            CASE name WHEN 'a' THEN 1 WHEN 'b' THEN 2.5 END ~ CASE WHEN name = 'a' THEN 1 WHEN name = 'b' THEN 2.5 END ~ DOUBLE
            NULLIF(added, 0) ~ CASE WHEN NOT added = 0 THEN added END ~ LONG
            added BETWEEN 1 AND 5 OR NOT isRobot ~ added >= 1 AND added <= 5 OR NOT isRobot ~ BOOLEAN
            NOT (isRobot OR added <> 1) AND name IS NOT NULL ~ NOT (isRobot OR NOT added = 1) AND NOT name IS NULL ~ BOOLEAN
            name not in ('a', 'b') ~ NOT name IN ('a', 'b') ~ BOOLEAN
            (added > 1) = isRobot ~ (added > 1) = isRobot ~ BOOLEAN
            "end" + 1 ~ "end" + 1 ~ LONG
            properties.a.b[0] ~ properties.a.b[0] ~ STRING
            properties['unit price'] * 2 ~ CAST(properties['unit price'] AS double) * 2 ~ DOUBLE
            properties.n > 4 ~ CAST(properties.n AS double) > 4 ~ BOOLEAN
            properties.n = 'x' ~ properties.n = 'x' ~ BOOLEAN
            cast(properties.n AS long) ~ CAST(properties.n AS long) ~ LONG
            EXTRACT(hour FROM time AT TIME ZONE 'Europe/Berlin') ~ EXTRACT(HOUR FROM time AT TIME ZONE 'Europe/Berlin') ~ LONG
            extract(DAY from time at time zone 'Etc/UTC') ~ EXTRACT(DAY FROM time) ~ LONG
            time >= TIMESTAMP '2026-11-23T16:00:00+01:00' ~ time >= TIMESTAMP '2026-11-23T15:00:00Z' ~ BOOLEAN
            COALESCE(added, price, 0) ~ COALESCE(added, price, 0) ~ DOUBLE
            ceiling(price) ~ CEIL(price) ~ DOUBLE
            FLOOR(added) ~ FLOOR(added) ~ LONG
            ROUND(price, -2) ~ ROUND(price, -2) ~ DOUBLE
            ROUND(added, 2) ~ ROUND(added) ~ LONG
            ROUND(added, -2) ~ ROUND(added, -2) ~ DOUBLE
            """)
    void readsAndWritesTheOneWay(String text, String written, FieldType type) {
        Expression read = ExpressionReader.read(text, SCOPE);

        assertThat(read.text()).isEqualTo(written);
        assertThat(read.type()).isEqualTo(type);
        assertThat(ExpressionReader.read(written, SCOPE)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            adde + 1 ~ UNKNOWN_FIELD: Field 'adde' does not exist; did you mean 'added'? (at character 1)
            1 + flor(price) ~ INVALID_QUERY: Function 'flor' does not exist; did you mean 'FLOOR'?; these are:
            added + ~ INVALID_QUERY: Expected a value, found the end (at character 8)
            (added ~ INVALID_QUERY: Expected ')', found the end (at character 7)
            added deleted ~ INVALID_QUERY: Expected an operator or the end, found 'deleted' (at character 7)
            added + name ~ TYPE_MISMATCH: + needs numbers, not a string (at character 7)
            added = 'x' ~ TYPE_MISMATCH: a whole number and a string do not go together
            CASE WHEN isRobot THEN 1 ELSE 'a' END ~ TYPE_MISMATCH: a whole number and a string do not go together
            CASE WHEN added THEN 1 END ~ TYPE_MISMATCH: WHEN needs a condition, not a whole number (at character 1)
            added AND isRobot ~ TYPE_MISMATCH: AND needs conditions, not a whole number (at character 7)
            isRobot > TRUE ~ TYPE_MISMATCH: > needs numbers, strings or timestamps, not a condition (at character 9)
            LOWER(added) ~ TYPE_MISMATCH: LOWER needs strings, not a whole number (at character 1)
            SUBSTRING(name, 0) ~ TYPE_MISMATCH: SUBSTRING needs a whole number here, 1 or more (at character 1)
            SUBSTRING(name) ~ INVALID_QUERY: SUBSTRING takes 2 to 3 arguments, not 1 (at character 1)
            LN(1, 2) ~ INVALID_QUERY: LN takes 1 argument, not 2 (at character 1)
            added = NULL ~ INVALID_QUERY: NULL is no value here
            name LIKE 'a%' ~ INVALID_QUERY: There are no patterns here
            IF(isRobot, 1, 2) ~ INVALID_QUERY: There is no IF
            CAST(added AS strin) ~ INVALID_QUERY: Type 'strin' does not exist; did you mean 'string'?
            CAST(price AS string) ~ TYPE_MISMATCH: CAST makes no string of a double
            EXTRACT(hours FROM time) ~ INVALID_QUERY: Part 'hours' does not exist; did you mean 'HOUR'?
            EXTRACT(HOUR FROM time AT TIME ZONE 'Mars/Base') ~ INVALID_QUERY: That is no time zone
            TIMESTAMP 'yesterday' ~ INVALID_QUERY: A timestamp is an RFC 3339 instant
            9223372036854775808 ~ INVALID_QUERY: A whole number has 64 bits at most
            1e999 ~ INVALID_QUERY: It is out of the range of a double
            12abc ~ INVALID_QUERY: No number is written so (at character 1)
            'open ~ INVALID_QUERY: A text that opens here is never closed (at character 1)
            end + 1 ~ INVALID_QUERY: Expected a value, found end; a field of that name goes in double quotes
            properties['*'] ~ INVALID_QUERY: A path has at most 16 steps
            properties[-1] ~ INVALID_QUERY: Expected an index from 0 to 99,999
            """)
    void saysWhatIsWrongAndWhere(String text, String refusal) {
        assertThat(refused(text)).startsWith(refusal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1; DROP TABLE edits",
                "1 -- rest",
                "1 /* rest */",
                "(SELECT 1)",
                "SELECT 1",
                "added IN (SELECT added FROM edits)",
                "read_csv('/etc/passwd')",
                "read_text('/etc/passwd') = ''",
                "getenv('HOME')",
                "current_setting('a')",
                "pg_catalog.version()",
                "\"read_csv\"('x')",
                "name' OR '1'='1",
                "name\" OR 1=1",
                "$1",
                "?",
                ":name",
                "name::INTEGER",
                "added + $$x$$",
                "E'\\x41'",
                "added\u0000",
                "x'41'",
                "sum(added) OVER ()",
                "sum(added)",
                "{'a': 1}",
                "[1, 2]",
                "name -> 'a'",
                "added ** 2",
                "added // 2",
                "@added",
                "information_schema.tables",
                "edits.added",
                "__time > 1",
                "properties.a\\b",
                "EXISTS (SELECT 1)",
                "ARRAY[1]",
                "COLUMNS(*)",
                "*",
                "added, deleted"
            })
    void letsNothingThroughButTheLanguage(String text) {
        assertThat(refused(text)).doesNotContain("nothing was refused");
    }

    @Test
    void isBoundedInLengthDepthAndSize() {
        assertThat(refused("1" + " ".repeat(2_000))).contains("at most 2,000 characters");
        assertThat(refused("(".repeat(24) + "1" + ")".repeat(24))).contains("at most 24 levels deep");
        assertThat(refused("- ".repeat(30) + "added")).contains("at most 24 levels deep");
        assertThat(refused("NOT ".repeat(30) + "isRobot")).contains("at most 24 levels deep");
        assertThat(refused("1" + "+1".repeat(130))).contains("at most 250 values, names and operations");
        assertThat(refused("SQRT(".repeat(20) + "price" + ")".repeat(20))).contains("grows too large");
        assertThat(written("1" + "+1".repeat(100))).hasSize(401);
    }

    @Test
    void quotesNeverEndAText() {
        assertThat(written("name = 'a'' OR ''1''=''1'")).isEqualTo("name = 'a'' OR ''1''=''1'");
        assertThat(written("properties['x'']) FROM y --'] = 'z'")).isEqualTo("properties['x'']) FROM y --'] = 'z'");
    }
}
