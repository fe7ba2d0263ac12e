package dev.sextant.edge;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.DateTimeFormat;
import com.networknt.schema.format.Format;
import dev.sextant.kernel.Instants;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * {@code date-time} of OpenAPI: the library takes any instant, and those that lie in the years before 0001 or after 9999 in UTC
 * could not be written as they came (RFC 3339 has years of four digits).
 */
record InstantFormat(Format any) implements Format {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    InstantFormat() {
        this(new DateTimeFormat());
    }

    @Override
    public String getName() {
        return any.getName();
    }

    @Override
    public String getMessageKey() {
        return any.getMessageKey();
    }

    @Override
    public boolean matches(ExecutionContext execution, String value) {
        return any.matches(execution, value) && isInRange(value);
    }

    private static boolean isInRange(String value) {
        try {
            Instant instant = Instants.parse(value);
            return !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
        } catch (DateTimeException _) {
            return false; // Such as a leap second: no clock of ours has it.
        }
    }
}
