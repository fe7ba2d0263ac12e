package dev.sextant.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole numbers of JSON, {@code 5.0} among them. What has a point or an exponent is read as a double, which beyond ±(2^53 - 1)
 * may stand for another number than the one that was written: there it is none.
 */
public final class WholeNumber {

    private static final double DOUBLE_SAFE_MAX = (1L << 53) - 1;

    private WholeNumber() {}

    /** Null where it is no whole number, or may be another one than was written. */
    public static @Nullable BigInteger of(JsonNode json) {
        if (json.isIntegralNumber()) {
            return json.bigIntegerValue();
        }
        boolean isExact = json.isNumber()
                && Math.abs(json.doubleValue()) <= DOUBLE_SAFE_MAX
                && json.doubleValue() == Math.rint(json.doubleValue());
        return isExact ? BigInteger.valueOf((long) json.doubleValue()) : null;
    }

    /** Whether it is one of 64 bits. */
    public static boolean isLong(JsonNode json) {
        BigInteger whole = of(json);
        return whole != null && whole.bitLength() < Long.SIZE;
    }
}
