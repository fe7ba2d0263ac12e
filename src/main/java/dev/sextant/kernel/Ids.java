package dev.sextant.kernel;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.codec.base.BaseNCodec;

/** Makes ids: a prefix that says of what, and 26 characters that sort, as text, by time of making (UUIDv7, RFC 9562). */
public final class Ids {

    /** The alphabet of base32hex (RFC 4648, section 7): that of plain base32 does not sort, its digits come last. */
    private static final BaseNCodec BASE_32_HEX = BaseNCodec.newInstance("0-9a-v");

    private Ids() {}

    /** Such as {@code make("key")} → {@code key_06f3…}. */
    public static String make(String prefix) {
        return prefix + "_" + BASE_32_HEX.encode(UuidCreator.getTimeOrderedEpoch());
    }
}
